import { specString } from '@callboard/catalog-model';
import { Content, EmptyState, ErrorPanel, PageHeader, PageTurner, SearchInput, useIsOffered, useIsPhone } from '@callboard/core-components';
import { useApi, useRouteRef } from '@callboard/core-plugin-api';
import {
  catalogApiRef,
  EntityList,
  EntityTable,
  fieldsOf,
  referencesOf,
  useEntitiesByRefs,
  useEntityColumns,
  type EntityColumn,
} from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import Button from '@mui/material/Button';
import { Cable, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { registerApiRouteRef } from '../routes';
import { useMessages, type Messages } from '../translation';
import styles from './apiDocs.module.css';

const PAGE = 25;

/** Every API in the catalog. */
export function ApiExplorerPage() {
  const messages = useMessages();
  const catalogApi = useApi(catalogApiRef);
  const [params, setParams] = useSearchParams();
  const term = params.get('q') ?? '';
  const [cursor, setCursor] = useState<string>();
  const columns = useColumns();
  const fields = fieldsOf(columns);
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['catalog', 'apis', term, cursor, fields],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      catalogApi.queryEntities(
        {
          cursor,
          filter: { kind: 'api' },
          limit: PAGE,
          orderBy: { field: 'metadata.name', order: 'asc' },
          fields,
          ...(term && { fullText: { term, fields: ['metadata.name', 'metadata.title'] } }),
        },
        { signal },
      ),
  });
  const references = useEntitiesByRefs(referencesOf(data?.items ?? []));
  const phone = useIsPhone();
  const registerPath = useRouteRef(registerApiRouteRef)?.();
  const mayRegister = useIsOffered('catalog.entity.create');
  const { nextCursor, prevCursor } = data?.pageInfo ?? {};
  return (
    <>
      <PageHeader
        title={messages.plugin}
        subtitle={messages.description}
        actions={
          registerPath &&
          mayRegister && (
            <Button component={Link} to={registerPath} variant="contained" color="primary" startIcon={<Plus size={16} />}>
              {messages.register}
            </Button>
          )
        }
      />
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
          !(error && !data) &&
            (phone ? (
              <EntityList entities={data?.items} references={references} stale={isPlaceholderData} />
            ) : (
              <EntityTable
                label={messages.plugin}
                entities={data?.items}
                columns={columns}
                references={references}
                stale={isPlaceholderData}
                skeletonRows={PAGE}
              />
            ))
        )}
        <PageTurner
          onPrevious={prevCursor ? () => setCursor(prevCursor) : undefined}
          onNext={nextCursor ? () => setCursor(nextCursor) : undefined}
        />
      </Content>
    </>
  );
}

/** What a table of APIs shows, the types by the names that people know. */
function useColumns(): EntityColumn[] {
  const messages = useMessages();
  const { usual } = useEntityColumns();
  return useMemo(
    () =>
      usual('api').map(column =>
        column.id === 'type' ? { ...column, render: entity => typeName(specString(entity, 'type'), messages) } : column,
      ),
    [usual, messages],
  );
}

/** What people call a type of API. */
function typeName(type: string | undefined, messages: Messages): string | undefined {
  return type && (messages.types[type] ?? type);
}
