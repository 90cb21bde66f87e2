import { RelatedEntitiesCard } from '@callboard/plugin-catalog-react';
import { useMessages } from '../../translation';

/** The components of a system. */
export function HasComponentsCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard
      title={text.components}
      relation="hasPart"
      kind="component"
      columns={['owner', 'type', 'lifecycle']}
      emptyHint={{ text: text.noComponents, example: 'kind: Component\nspec:\n  system: this-system\n' }}
    />
  );
}

/** The resources of a system. */
export function HasResourcesCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard title={text.resources} relation="hasPart" kind="resource" columns={['owner', 'type']} />
  );
}

/** The parts of a component that are components themselves. */
export function HasSubcomponentsCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard title={text.subcomponents} relation="hasPart" kind="component" columns={['owner', 'type', 'lifecycle']} />
  );
}

/** The systems of a domain. */
export function HasSystemsCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard
      title={text.systems}
      relation="hasPart"
      kind="system"
      columns={['owner', 'description']}
      emptyHint={{ text: text.noSystems, example: 'kind: System\nspec:\n  domain: this-domain\n' }}
    />
  );
}

/** The domains within a domain. */
export function HasSubdomainsCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard title={text.subdomains} relation="hasPart" kind="domain" columns={['owner', 'description']} />
  );
}

/** The components that this one needs. */
export function DependsOnComponentsCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard title={text.dependsOnComponents} relation="dependsOn" kind="component" columns={['owner', 'type', 'lifecycle']} />
  );
}

/** The resources that this one needs. */
export function DependsOnResourcesCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard title={text.dependsOnResources} relation="dependsOn" kind="resource" columns={['owner', 'type']} />
  );
}

/** The components that need this one. */
export function DependencyOfComponentsCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard title={text.dependencyOfComponents} relation="dependencyOf" kind="component" columns={['owner', 'type', 'lifecycle']} />
  );
}

/** The resources that need this one. */
export function DependencyOfResourcesCard() {
  const text = useMessages().related;
  return (
    <RelatedEntitiesCard title={text.dependencyOfResources} relation="dependencyOf" kind="resource" columns={['owner', 'type']} />
  );
}
