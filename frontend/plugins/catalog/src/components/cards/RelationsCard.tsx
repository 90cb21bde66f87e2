import { groupRelations, relationInfo } from '@callboard/catalog-model';
import { Card } from '@callboard/core-components';
import { EntityChip, useEntitiesByRefs, useEntity } from '@callboard/plugin-catalog-react';
import { useState } from 'react';
import { messages } from '../../messages';
import styles from './cards.module.css';

const text = messages.relations;
const FIRST = 12;
const STEP = 200;

/** Everything the entity is related to, by the kind of relation. */
export function RelationsCard() {
  const { entity } = useEntity();
  const groups = groupRelations(entity.relations);
  return (
    <Card title={text.title} count={entity.relations?.length}>
      {groups.length === 0 && <p className={styles.faint}>{text.empty}</p>}
      <div className={styles.groups}>
        {groups.map(({ type, targets }) => (
          <RelationGroup key={type} type={type} targets={targets} />
        ))}
      </div>
    </Card>
  );
}

function RelationGroup({ type, targets }: { type: string; targets: string[] }) {
  const [limit, setLimit] = useState(FIRST);
  const shown = targets.slice(0, limit);
  const references = useEntitiesByRefs(shown);
  return (
    <section aria-label={relationInfo(type).phrase}>
      <h3 className={styles.groupTitle}>
        {relationInfo(type).phrase} <span className={styles.count}>{targets.length.toLocaleString('en')}</span>
      </h3>
      <ul className={styles.chips}>
        {shown.map(ref => (
          <li key={ref}>
            <EntityChip entityRef={ref} title={references.title(ref)} missing={references.isMissing(ref)} />
          </li>
        ))}
      </ul>
      {targets.length > limit && (
        <button type="button" className={styles.more} onClick={() => setLimit(limit + STEP)}>
          {targets.length <= limit + STEP ? text.showAll(targets.length) : text.more(STEP)}
        </button>
      )}
    </section>
  );
}
