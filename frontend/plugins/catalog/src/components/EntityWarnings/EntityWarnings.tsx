import { isOrphan, processingErrors, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { WarningPanel } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import {
  ancestryQueryKey,
  catalogApiRef,
  EntityChip,
  entityTitle,
  isKind,
  UnregisterEntityDialog,
  useEntitiesByRefs,
  useEntity,
  useEntityOffers,
} from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { Pencil, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useRefreshEntity } from '../../hooks/useRefreshEntity';
import { useToCatalog } from '../../hooks/useToCatalog';
import { hasFile, sourceLinks } from '../../lib/sourceLinks';
import { useMessages } from '../../translation';
import styles from './EntityWarnings.module.css';

/** So many relations are looked up for gaps; a hub's thousands are not worth it. */
const MAX_CHECKED_RELATIONS = 500;

/** What is wrong with the entity, on top of everything else, with what to do about it. */
export function EntityWarnings() {
  const text = useMessages().warnings;
  const { entity } = useEntity();
  const catalogApi = useApi(catalogApiRef);
  const ref = stringifyEntityRef(entity);
  const { data: ancestry } = useQuery({
    queryKey: ancestryQueryKey(ref),
    queryFn: ({ signal }) => catalogApi.getEntityAncestors({ entityRef: ref }, { signal }),
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
          <Remedies entity={entity} />
        </WarningPanel>
      )}
      {failedAncestors.map(ancestor => (
        <WarningPanel
          key={stringifyEntityRef(ancestor)}
          severity="error"
          title={text.ancestorTitle(entityTitle(ancestor))}
          message={<EntityChip entityRef={stringifyEntityRef(ancestor)} title={entityTitle(ancestor)} />}
        >
          <ErrorLines entity={ancestor} />
          <Remedies entity={ancestor} />
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
  const text = useMessages().warnings;
  const [isDeleting, setDeleting] = useState(false);
  const toCatalog = useToCatalog();
  const mayDelete = useEntityOffers(entity, ['catalog.entity.delete'])?.has('catalog.entity.delete');
  return (
    <WarningPanel title={text.orphanTitle} message={text.orphanText}>
      <div className={styles.actions}>
        <Button color="error" disabled={!mayDelete} onClick={() => setDeleting(true)}>
          {text.deleteEntity}
        </Button>
        {mayDelete === false && <span>{text.deleteDenied}</span>}
      </div>
      <UnregisterEntityDialog open={isDeleting} entity={entity} onConfirm={toCatalog} onClose={() => setDeleting(false)} />
    </WarningPanel>
  );
}

/** The ways to put right what is wrong with a file. */
function Remedies({ entity }: { entity: Entity }) {
  const text = useMessages().warnings;
  const refresh = useRefreshEntity(entity);
  const mayRefresh = useEntityOffers(entity, ['catalog.entity.refresh'])?.has('catalog.entity.refresh');
  const { edit } = sourceLinks(entity);
  return (
    <div className={styles.actions}>
      {edit && (
        <Button href={edit} target="_blank" rel="noreferrer noopener" startIcon={<Pencil size={14} />}>
          {text.editFile}
        </Button>
      )}
      {hasFile(entity) && mayRefresh !== false && (
        <Button startIcon={<RefreshCw size={14} />} disabled={!mayRefresh} loading={refresh.isPending} onClick={() => refresh.mutate()}>
          {text.readAgain}
        </Button>
      )}
    </div>
  );
}
