import { specString, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Breakable } from '@callboard/core-components';
import { entityTitle, KindIcon, kindInfo } from '@callboard/plugin-catalog-react';
import { useMessages } from '../../translation';
import styles from './ImportPage.module.css';

/** The entities that a registration would add. */
export function EntityPreview({ entities }: { entities: Entity[] }) {
  const messages = useMessages();
  const { columns } = messages;
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{columns.name}</th>
          <th scope="col">{columns.kind}</th>
          <th scope="col">{columns.type}</th>
          <th scope="col">{columns.owner}</th>
        </tr>
      </thead>
      <tbody>
        {entities.map(entity => (
          <tr key={stringifyEntityRef(entity)}>
            <td>
              <span className={styles.name} title={stringifyEntityRef(entity)}>
                <KindIcon kind={entity.kind} />
                {entityTitle(entity)}
              </span>
            </td>
            <td>{kindInfo(entity.kind).title}</td>
            <td>{specString(entity, 'type')}</td>
            <td>
              <Breakable>{specString(entity, 'owner') ?? ''}</Breakable>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
