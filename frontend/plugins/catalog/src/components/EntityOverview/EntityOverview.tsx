import { ExtensionProvider, useExtensions } from '@callboard/core-plugin-api';
import { entityCardKind, isForEntity, useEntity, type EntityCardParams } from '@callboard/plugin-catalog-react';
import { EntityWarnings } from '../EntityWarnings';
import styles from './EntityOverview.module.css';

/** What is wrong with the entity, and the cards that plugins have for it. */
export function EntityOverview() {
  return (
    <div className={styles.overview}>
      <div className={styles.warnings}>
        <EntityWarnings />
      </div>
      <Column type="content" />
      <Column type="info" />
    </div>
  );
}

function Column({ type }: { type: NonNullable<EntityCardParams['type']> }) {
  const { entity } = useEntity();
  const cards = useExtensions(entityCardKind).filter(
    card => (card.params.type ?? 'content') === type && isForEntity(card, entity),
  );
  return (
    <div className={styles.column}>
      {cards.map(card => (
        <ExtensionProvider key={card.id} extension={card}>
          {card.params.element}
        </ExtensionProvider>
      ))}
    </div>
  );
}
