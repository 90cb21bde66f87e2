import { processingErrors, stringifyEntityRef, type Location } from '@callboard/catalog-model';
import { ErrorPanel, LoadingBlock, MetadataList, StatusError, StatusOK, StatusPending, StatusWarning } from '@callboard/core-components';
import { EntityChip, EntityRefLink } from '@callboard/plugin-catalog-react';
import { useFailedEntities, type LocationContent } from '../../hooks/useAdmin';
import { useMessages } from '../../translation';
import parts from '../parts/parts.module.css';

/** How a location is: whether it was read, and whether what came from it has errors. */
export function LocationState({ content: { isRead, entities, failed } }: { content: LocationContent }) {
  const text = useMessages().catalog.location;
  if (failed > 0) {
    return <StatusError>{text.failed(failed)}</StatusError>;
  }
  if (!isRead) {
    return <StatusPending>{text.waiting}</StatusPending>;
  }
  return entities === 0 ? <StatusWarning>{text.empty}</StatusWarning> : <StatusOK>{text.ok}</StatusOK>;
}

/** What a location is to the catalog, with what is wrong with each entity that came from it. */
export function LocationDetail({ location }: { location: Location }) {
  const text = useMessages().catalog;
  const { data: failed, isPending, error, refetch } = useFailedEntities(location);
  const { type, entityRef } = location;
  return (
    <div className={parts.stack}>
      <MetadataList
        items={[
          { label: text.columns.type, value: type },
          { label: text.columns.entity, value: entityRef && <EntityRefLink entityRef={entityRef} defaultKind="location" /> },
        ]}
      />
      {isPending && <LoadingBlock height={24} />}
      {error && <ErrorPanel error={error} title={text.errorsFailed} onRetry={() => void refetch()} />}
      {failed && failed.length > 0 && (
        <ul className={parts.errors} aria-label={text.error}>
          {failed.map(entity => (
            <li key={stringifyEntityRef(entity)}>
              <EntityChip entityRef={stringifyEntityRef(entity)} title={entity.metadata.title} />
              <span className={parts.danger}>
                {processingErrors(entity)
                  .map(({ message }) => message)
                  .join(' ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
