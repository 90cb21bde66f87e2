import { isOrphan, processingErrors, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { WarningPanel } from '@callboard/core-components';
import { alertApiRef, errorApiRef, useApi, useRouteRef } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityChip, entityTitle, isKind, useEntitiesByRefs, useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { messages } from '../../messages';
import { rootRouteRef } from '../../routes';
import styles from './EntityWarnings.module.css';

const text = messages.warnings;

/** So many relations are looked up for gaps; a hub's thousands are not worth it. */
const MAX_CHECKED_RELATIONS = 500;

/** What is wrong with the entity, on top of everything else, with what to do about it. */
export function EntityWarnings() {
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const ref = stringifyEntityRef(entity);
  const { data: ancestry } = useQuery({
    queryKey: ['catalog', 'ancestry', ref],
    queryFn: ({ signal }) => catalogApi.getEntityAncestors(ref, { signal }),
  });
  const failedAncestors = (ancestry?.items ?? [])
    .map(item => item.entity)
    .filter(ancestor => stringifyEntityRef(ancestor) !== ref && processingErrors(ancestor).length > 0);
  const own = processingErrors(entity);
  const isLocation = isKind('location')(entity);
  const targets = [...new Set(entity.relations?.map(({ targetRef }) => targetRef))].slice(0, MAX_CHECKED_RELATIONS);
  const references = useEntitiesByRefs(targets);
  const missing = targets.filter(references.isMissing);

  if (!isOrphan(entity) && own.length === 0 && failedAncestors.length === 0 && missing.length === 0) {
    return undefined;
  }
  return (
    <div className={styles.warnings}>
      {isOrphan(entity) && <OrphanWarning entity={entity} />}
      {own.length > 0 && (
        <WarningPanel
          severity="error"
          title={isLocation ? text.locationErrorTitle : text.errorTitle}
          message={isLocation ? text.locationErrorText : text.errorText}
        >
          <ErrorLines entity={entity} />
        </WarningPanel>
      )}
      {failedAncestors.map(ancestor => (
        <WarningPanel key={stringifyEntityRef(ancestor)} severity="error" title={text.ancestorTitle(entityTitle(ancestor))}>
          <ErrorLines entity={ancestor} />
        </WarningPanel>
      ))}
      {missing.length > 0 && (
        <WarningPanel title={text.missingTitle(missing.length)} message={text.missingText}>
          <div className={styles.missing}>
            {missing.map(one => (
              <EntityChip key={one} entityRef={one} missing />
            ))}
          </div>
        </WarningPanel>
      )}
    </div>
  );
}

function ErrorLines({ entity }: { entity: Entity }) {
  return processingErrors(entity).map(({ message }) => (
    <pre key={message} className={styles.error}>
      {message}
    </pre>
  ));
}

function OrphanWarning({ entity }: { entity: Entity }) {
  const catalogApi = useApi(catalogApiRef);
  const alertApi = useApi(alertApiRef);
  const errorApi = useApi(errorApiRef);
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const catalogPath = useRouteRef(rootRouteRef)();
  const remove = useMutation({
    mutationFn: (uid: string) => catalogApi.removeEntityByUid(uid),
    onSuccess: async () => {
      alertApi.post({ message: text.orphanDeleted, severity: 'success', display: 'transient' });
      await navigate(catalogPath);
      await queryClient.invalidateQueries({ queryKey: ['catalog'] });
    },
    onError: error => errorApi.post(error),
  });
  const { uid } = entity.metadata;
  return (
    <WarningPanel title={text.orphanTitle} message={text.orphanText}>
      {uid && (
        <div>
          <Button
            color="error"
            loading={remove.isPending}
            onClick={() => window.confirm(text.confirmDelete) && remove.mutate(uid)}
          >
            {text.orphanDelete}
          </Button>
        </div>
      )}
    </WarningPanel>
  );
}
