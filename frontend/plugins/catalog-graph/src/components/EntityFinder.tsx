import { stringifyEntityRef } from '@callboard/catalog-model';
import { ErrorPanel, Progress, SearchInput } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, entityTitle, KindIcon } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMessages } from '../translation';
import styles from './graph.module.css';

const SHOWN = 8;

/** Finds the entity that the graph is to grow from. */
export function EntityFinder({ onChoose }: { onChoose(ref: string): void }) {
  const messages = useMessages();
  const catalogApi = useApi(catalogApiRef);
  const [text, setText] = useState('');
  const term = text.trim();
  const { data, error, isPending, refetch } = useQuery({
    queryKey: ['catalog', 'graph-finder', term],
    enabled: term !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      catalogApi.queryEntities(
        {
          limit: SHOWN,
          fields: ['kind', 'metadata.name', 'metadata.namespace', 'metadata.title', 'spec.profile.displayName'],
          fullTextFilter: { term, fields: ['metadata.name', 'metadata.title', 'spec.profile.displayName'] },
          orderFields: { field: 'metadata.name', order: 'asc' },
        },
        { signal },
      ),
  });
  return (
    <div className={styles.finder}>
      <SearchInput label={messages.start} value={text} onChange={setText} />
      {term !== '' && isPending && <Progress />}
      {term !== '' && error && <ErrorPanel error={error} title={messages.searchFailed} onRetry={() => void refetch()} />}
      {term !== '' && data && !error && (
        <ul className={styles.found} aria-label={messages.results}>
          {data.items.length === 0 && <li className={styles.muted}>{messages.noResults}</li>}
          {data.items.map(entity => (
            <li key={stringifyEntityRef(entity)}>
              <button
                type="button"
                onClick={() => {
                  onChoose(stringifyEntityRef(entity));
                  setText('');
                }}
              >
                <KindIcon kind={entity.kind} />
                {entityTitle(entity)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
