import { ExtensionProvider, useExtensions, useRevealed } from '@callboard/core-plugin-api';
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
      <Column type="content" first={1} />
      <Column type="info" first={0} />
    </div>
  );
}

/** So many cards are shown `first`, and the others when all are there. */
function Column({ type, first }: { type: NonNullable<EntityCardParams['type']>; first: number }) {
  const { entity } = useEntity();
  const cards = useExtensions(entityCardKind).filter(
    card => (card.params.type ?? 'content') === type && isForEntity(card, entity),
  );
  const shown = useRevealed(cards.map(({ params }) => params.element), first);
  return (
    <div className={styles.column}>
      {cards.slice(0, shown).map(card => (
        <ExtensionProvider key={card.id} extension={card}>
          {card.params.element}
        </ExtensionProvider>
      ))}
    </div>
  );
}
