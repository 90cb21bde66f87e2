import { RelatedEntitiesCard } from '@callboard/plugin-catalog-react';
import { useMessages } from '../translation';

const COLUMNS = ['owner', 'type', 'lifecycle'] as const;

/** The APIs a component provides. */
export function ProvidedApisCard() {
  return <RelatedEntitiesCard title={useMessages().cards.provided} relation="providesApi" kind="api" columns={COLUMNS} />;
}

/** The APIs a component consumes. */
export function ConsumedApisCard() {
  return <RelatedEntitiesCard title={useMessages().cards.consumed} relation="consumesApi" kind="api" columns={COLUMNS} />;
}

/** The components that provide an API. */
export function ProvidersCard() {
  return <RelatedEntitiesCard title={useMessages().cards.providers} relation="apiProvidedBy" kind="component" columns={COLUMNS} />;
}

/** The components that consume an API. */
export function ConsumersCard() {
  return <RelatedEntitiesCard title={useMessages().cards.consumers} relation="apiConsumedBy" kind="component" columns={COLUMNS} />;
}

/** The APIs of a system. */
export function HasApisCard() {
  return <RelatedEntitiesCard title={useMessages().cards.has} relation="hasPart" kind="api" columns={COLUMNS} />;
}
