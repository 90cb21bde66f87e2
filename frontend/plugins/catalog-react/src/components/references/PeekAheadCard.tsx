import { relationTargets, RELATION_OWNED_BY, specString, type Entity } from '@callboard/catalog-model';
import { ErrorPanel, Skeleton, Tag } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import Popper from '@mui/material/Popper';
import { useQuery } from '@tanstack/react-query';
import { catalogApiRef } from '../../apis/catalogApi';
import { typeTitle } from '../../entities/kinds';
import { entityTitle } from '../../entities/presentation';
import { useMessages } from '../../translation';
import { KindIcon } from '../KindIcon';
import { LifecycleTag } from '../LifecycleTag';
import { EntityRefLinks } from './EntityRefLinks';
import styles from './PeekAheadCard.module.css';

const SHOWN_TAGS = 5;

/** What an entity is, in short, beside what stands for it. */
export function PeekAheadCard({ entityRef, anchor }: { entityRef: string; anchor: HTMLElement }) {
  const messages = useMessages();
  const catalogApi = useApi(catalogApiRef);
  const { data, error, isPending } = useQuery({
    queryKey: ['catalog', 'entity', entityRef.toLowerCase()],
    queryFn: async ({ signal }) => ({ entity: await catalogApi.getEntityByRef(entityRef, { signal }) }),
  });
  return (
    <Popper open anchorEl={anchor} placement="bottom-start" className={styles.popper} role="tooltip">
      <div className={styles.card}>
        {isPending && <Skeleton width={200} height={40} />}
        {error && <ErrorPanel error={error} />}
        {data && (data.entity ? <Summary entity={data.entity} /> : <p className={styles.note}>{messages.missing}</p>)}
      </div>
    </Popper>
  );
}

function Summary({ entity }: { entity: Entity }) {
  const messages = useMessages();
  const type = specString(entity, 'type');
  const owners = relationTargets(entity, RELATION_OWNED_BY);
  return (
    <>
      <p className={styles.title}>
        <KindIcon kind={entity.kind} /> {entityTitle(entity)}
      </p>
      <p className={styles.note}>
        {type && typeTitle(type)} <LifecycleTag lifecycle={specString(entity, 'lifecycle')} />
      </p>
      {owners.length > 0 && (
        <p className={styles.note}>
          {messages.columns.owner} <EntityRefLinks entityRefs={owners} defaultKind="group" hideIcons />
        </p>
      )}
      {entity.metadata.description && <p>{entity.metadata.description}</p>}
      {entity.metadata.tags && (
        <p className={styles.tags}>
          {entity.metadata.tags.slice(0, SHOWN_TAGS).map(tag => (
            <Tag key={tag}>{tag}</Tag>
          ))}
        </p>
      )}
    </>
  );
}
