import { useFormats } from '@callboard/core-components';
import { groupRelations, relationInfo, type Entity } from '@callboard/catalog-model';
import { EntityChip, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import { useState } from 'react';
import { useMessages } from '../../translation';
import styles from './cards.module.css';

const FIRST = 12;
const STEP = 200;

/** The entity's relations as lists, one a type, so many at a time. */
export function RelationGroups({ entity }: { entity: Entity }) {
  const text = useMessages().relations;
  const { compare } = useFormats();
  const groups = groupRelations(entity.relations, compare);
  if (groups.length === 0) {
    return <p className={styles.faint}>{text.empty}</p>;
  }
  return (
    <div className={styles.groups}>
      {groups.map(({ type, targets }) => (
        <RelationGroup key={type} type={type} targets={targets} />
      ))}
    </div>
  );
}

function RelationGroup({ type, targets }: { type: string; targets: string[] }) {
  const formats = useFormats();
  const text = useMessages().relations;
  const [limit, setLimit] = useState(FIRST);
  const shown = targets.slice(0, limit);
  const references = useEntitiesByRefs(shown);
  return (
    <div role="group" aria-label={relationInfo(type).phrase}>
      <h3 className={styles.groupTitle}>
        {relationInfo(type).phrase} <span className={styles.count}>{formats.number(targets.length)}</span>
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
    </div>
  );
}
