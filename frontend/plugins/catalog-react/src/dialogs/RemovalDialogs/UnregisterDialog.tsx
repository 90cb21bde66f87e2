import { ANNOTATION_ORIGIN_LOCATION, type Entity, type Location } from '@callboard/catalog-model';
import { Breakable, ErrorPanel, Skeleton, TitledDialog } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { EntityChip } from '../../components/references/EntityRefLink';
import { entityTitle } from '../../entities/presentation';
import { useEntitiesByRefs } from '../../hooks/useEntitiesByRefs';
import { useEntityOffers } from '../../hooks/useEntityOffers';
import { useMessages } from '../../translation';
import type { RemovalProps } from '../UnregisterEntityDialog';
import { useRegistration, useRemoval } from './useRemoval';
import styles from './RemovalDialogs.module.css';

/** Shows what would go with the registration of an entity, and asks before it does. Where nothing was registered, only the entity can go. */
export function UnregisterDialog({ entity, onRemoved, onClose }: RemovalProps) {
  const text = useMessages().removal;
  const registration = useRegistration(entity);
  const removal = useRemoval(onRemoved);
  const { location, refs = [], total = 0 } = registration.data ?? {};
  const { uid } = entity.metadata;
  const offers = useEntityOffers(entity, ['catalog.entity.delete', 'catalog.location.delete']);
  const mayDelete = offers?.has('catalog.entity.delete');
  const mayUnregister = offers?.has('catalog.location.delete');
  return (
    <TitledDialog
      title={text.unregisterTitle(entityTitle(entity))}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{text.cancel}</Button>
          {registration.data && uid && (
            <Button
              variant={location ? 'outlined' : 'contained'}
              color="error"
              loading={removal.isPending && 'uid' in removal.variables}
              disabled={removal.isPending || !mayDelete}
              onClick={() => removal.mutate({ uid })}
            >
              {location ? text.deleteOnly : text.deleteEntity}
            </Button>
          )}
          {location && (
            <Button
              variant="contained"
              color="error"
              loading={removal.isPending && 'locationId' in removal.variables}
              disabled={removal.isPending || !mayUnregister}
              onClick={() => removal.mutate({ locationId: location.id })}
            >
              {text.unregister(total)}
            </Button>
          )}
        </>
      }
    >
      {registration.isPending && (
        <div className={styles.pending} aria-busy>
          <Skeleton width="80%" />
          <Skeleton width="60%" />
          <Skeleton width="60%" />
        </div>
      )}
      {registration.error && (
        <ErrorPanel error={registration.error} title={text.failed} onRetry={() => void registration.refetch()} />
      )}
      {registration.data &&
        (location ? <Registered location={location} refs={refs} total={total} /> : <NotRegistered entity={entity} />)}
      {location && mayUnregister === false && <p className={styles.note}>{text.locationDenied}</p>}
      {registration.data && mayDelete === false && <p className={styles.note}>{text.entityDenied}</p>}
      {removal.error && <ErrorPanel error={removal.error} title={text.removalFailed} />}
    </TitledDialog>
  );
}

function Registered({ location, refs, total }: { location: Location; refs: readonly string[]; total: number }) {
  const text = useMessages().removal;
  const references = useEntitiesByRefs(refs);
  return (
    <>
      <p>{text.registered}</p>
      <p className={styles.location}>
        <code>
          <Breakable>{location.target}</Breakable>
        </code>
      </p>
      <p>{text.goesAlong(total)}</p>
      {/* Reachable by keyboard so that it can be scrolled by it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must take focus */}
      <ul className={styles.list} tabIndex={0} aria-label={text.list}>
        {refs.map(ref => (
          <li key={ref}>
            <EntityChip entityRef={ref} title={references.title(ref)} />
          </li>
        ))}
        {total > refs.length && <li className={styles.note}>{text.more(total - refs.length)}</li>}
      </ul>
      <p className={styles.note}>{text.deleteOnlyHint}</p>
    </>
  );
}

function NotRegistered({ entity }: { entity: Entity }) {
  const text = useMessages().removal;
  const origin = entity.metadata.annotations?.[ANNOTATION_ORIGIN_LOCATION];
  const isBootstrap = origin?.startsWith('bootstrap:');
  return (
    <>
      <p>{isBootstrap ? text.bootstrap : text.notRegistered}</p>
      {origin && !isBootstrap && (
        <p className={styles.location}>
          <code>
            <Breakable>{origin}</Breakable>
          </code>
        </p>
      )}
      <p>{text.comesBack}</p>
    </>
  );
}
