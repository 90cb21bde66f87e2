import { RelatedEntitiesCard } from '@callboard/plugin-catalog-react';
import { messages } from '../../messages';

const text = messages.related;

/** The components of a system. */
export const HasComponentsCard = () => (
  <RelatedEntitiesCard
    title={text.components}
    relation="hasPart"
    kind="component"
    columns={['owner', 'type', 'lifecycle']}
    emptyHint={{ text: text.noComponents, example: 'kind: Component\nspec:\n  system: this-system\n' }}
  />
);

/** The resources of a system. */
export const HasResourcesCard = () => (
  <RelatedEntitiesCard title={text.resources} relation="hasPart" kind="resource" columns={['owner', 'type']} />
);

/** The parts of a component that are components themselves. */
export const HasSubcomponentsCard = () => (
  <RelatedEntitiesCard title={text.subcomponents} relation="hasPart" kind="component" columns={['owner', 'type', 'lifecycle']} />
);

/** The systems of a domain. */
export const HasSystemsCard = () => (
  <RelatedEntitiesCard
    title={text.systems}
    relation="hasPart"
    kind="system"
    columns={['owner', 'description']}
    emptyHint={{ text: text.noSystems, example: 'kind: System\nspec:\n  domain: this-domain\n' }}
  />
);

/** The domains within a domain. */
export const HasSubdomainsCard = () => (
  <RelatedEntitiesCard title={text.subdomains} relation="hasPart" kind="domain" columns={['owner', 'description']} />
);

/** The components that this one needs. */
export const DependsOnComponentsCard = () => (
  <RelatedEntitiesCard title={text.dependsOnComponents} relation="dependsOn" kind="component" columns={['owner', 'type', 'lifecycle']} />
);

/** The resources that this one needs. */
export const DependsOnResourcesCard = () => (
  <RelatedEntitiesCard title={text.dependsOnResources} relation="dependsOn" kind="resource" columns={['owner', 'type']} />
);

/** The components that need this one. */
export const DependencyOfComponentsCard = () => (
  <RelatedEntitiesCard title={text.dependencyOfComponents} relation="dependencyOf" kind="component" columns={['owner', 'type', 'lifecycle']} />
);

/** The resources that need this one. */
export const DependencyOfResourcesCard = () => (
  <RelatedEntitiesCard title={text.dependencyOfResources} relation="dependencyOf" kind="resource" columns={['owner', 'type']} />
);
