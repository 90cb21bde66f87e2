import { relationTargets } from '@callboard/catalog-model';
import { Card } from '@callboard/core-components';
import { EntityChip, RelatedEntitiesCard, useEntitiesByRefs, useEntity } from '@callboard/plugin-catalog-react';
import { messages } from '../messages';
import styles from './apiDocs.module.css';

const text = messages.cards;

/** The far ends of a relation; nothing where there are none, since most components have no APIs. */
function RelationCard({ title, type }: { title: string; type: string }) {
  const { entity } = useEntity();
  const refs = relationTargets(entity, type);
  const references = useEntitiesByRefs(refs);
  return (
    refs.length > 0 && (
      <Card title={title} count={refs.length}>
        <ul className={styles.chips}>
          {refs.map(ref => (
            <li key={ref}>
              <EntityChip entityRef={ref} title={references.title(ref)} missing={references.isMissing(ref)} />
            </li>
          ))}
        </ul>
      </Card>
    )
  );
}

/** The APIs a component provides. */
export const ProvidedApisCard = () => <RelationCard title={text.provided} type="providesApi" />;
/** The APIs a component consumes. */
export const ConsumedApisCard = () => <RelationCard title={text.consumed} type="consumesApi" />;
/** The components that provide an API. */
export const ProvidersCard = () => <RelationCard title={text.providers} type="apiProvidedBy" />;
/** The components that consume an API. */
export const ConsumersCard = () => <RelationCard title={text.consumers} type="apiConsumedBy" />;
/** The APIs of a system. */
export const HasApisCard = () => (
  <RelatedEntitiesCard title={text.has} relation="hasPart" kind="api" columns={['owner', 'type', 'lifecycle']} />
);
