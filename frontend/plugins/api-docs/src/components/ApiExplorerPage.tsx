import { specString, stringifyEntityRef, tryParse, type Entity } from '@callboard/catalog-model';
import { Content, DataTable, EmptyState, ErrorPanel, PageHeader, PageTurner, SearchInput, type DataColumn } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityRefLink, KindIcon } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Cable } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useMessages, type Messages } from '../translation';
import styles from './apiDocs.module.css';

const PAGE = 25;
const columns = (text: Messages['columns'], messages: Messages): DataColumn<Entity>[] => [
  {
    id: 'name',
    title: text.name,
    width: '28%',
    render: entity => (
      <span className={styles.name}>
        <KindIcon kind={entity.kind} />
        <EntityRefLink entityRef={entity} />
      </span>
    ),
  },
  { id: 'type', title: text.type, width: '110px', render: entity => typeName(specString(entity, 'type'), messages) },
  { id: 'owner', title: text.owner, width: '18%', render: entity => <Owner owner={specString(entity, 'owner')} /> },
  { id: 'lifecycle', title: text.lifecycle, width: '120px', render: entity => specString(entity, 'lifecycle') },
  { id: 'description', title: text.description, optional: true, render: entity => <span title={entity.metadata.description}>{entity.metadata.description}</span> },
];

/** Every API in the catalog. */
export function ApiExplorerPage() {
  const messages = useMessages();
  const text = messages.columns;
  const catalogApi = useApi(catalogApiRef);
  const [params, setParams] = useSearchParams();
  const term = params.get('q') ?? '';
  const [cursor, setCursor] = useState<string>();
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['catalog', 'apis', term, cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      catalogApi.queryEntities(
        {
          cursor,
          filter: { kind: 'api' },
          limit: PAGE,
          orderBy: { field: 'metadata.name', order: 'asc' },
          fields: ['kind', 'metadata', 'spec.type', 'spec.owner', 'spec.lifecycle'],
          ...(term && { fullText: { term, fields: ['metadata.name', 'metadata.title'] } }),
        },
        { signal },
      ),
  });
  const { nextCursor, prevCursor } = data?.pageInfo ?? {};
  return (
    <>
      <PageHeader title={messages.plugin} subtitle={messages.description} />
      <Content>
        <div className={styles.toolbar}>
          <SearchInput
            label={messages.search}
            value={term}
            onChange={value => {
              setCursor(undefined);
              setParams(value ? { q: value } : {}, { replace: true });
            }}
          />
        </div>
        {error && <ErrorPanel error={error} title={messages.failed} onRetry={() => void refetch()} />}
        {data?.items.length === 0 ? (
          <EmptyState icon={Cable} title={term ? messages.noMatch : messages.none} description={term ? undefined : messages.noneText} />
        ) : (
          !(error && !data) && (
            <DataTable label={messages.plugin} columns={columns(text, messages)} rows={data?.items} rowKey={stringifyEntityRef} stale={isPlaceholderData} />
          )
        )}
        <PageTurner
          onPrevious={prevCursor ? () => setCursor(prevCursor) : undefined}
          onNext={nextCursor ? () => setCursor(nextCursor) : undefined}
        />
      </Content>
    </>
  );
}

function Owner({ owner }: { owner: string | undefined }) {
  const parts = owner && tryParse(owner, { defaultKind: 'group' });
  return parts ? <EntityRefLink entityRef={stringifyEntityRef(parts)} defaultKind="group" /> : owner;
}

/** What people call a type of API. */
function typeName(type: string | undefined, messages: Messages): string | undefined {
  return type && (messages.types[type] ?? type);
}
