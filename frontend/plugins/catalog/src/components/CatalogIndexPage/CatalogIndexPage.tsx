import { Content, ErrorPanel, PageHeader, Skeleton, useFormats, useHotkey, useIsOffered, useIsPhone } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { DEFAULT_NAMESPACE } from '@callboard/catalog-model';
import { EntityList, EntityTable, kindInfo, referencesOf, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { Plus, SlidersHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { useCatalogPage } from '../../hooks/useCatalogPage';
import { useCatalogState } from '../../hooks/useCatalogState';
import { useColumns } from '../../hooks/useColumns';
import { useFacets } from '../../hooks/useFacets';
import { useKnownRefs } from '../../hooks/useKnownRefs';
import { DEFAULT_SORT, type CatalogState } from '../../lib/catalogState';
import { NOBODY, requestOf, type KnownRefs } from '../../lib/selection';
import { useMessages } from '../../translation';
import { createComponentRouteRef } from '../../routes';
import { ColumnChooser } from '../ColumnChooser';
import { ActiveFilters } from './ActiveFilters';
import { CatalogEmptyState } from './CatalogEmptyState';
import { ExportButton } from './ExportButton';
import { FilterPanel } from './FilterPanel';
import { ListPicker } from './ListPicker';
import { Pager } from './Pager';
import { SearchField } from './SearchField';
import { SortNotice } from './SortNotice';
import styles from './catalogIndex.module.css';

/** The table of everything in the catalog. */
export function CatalogIndexPage() {
  const text = useMessages().index;
  const [state, setState] = useCatalogState();
  const known = useKnownRefs();
  const createPath = useRouteRef(createComponentRouteRef)?.();
  const mayCreate = useIsOffered('catalog.entity.create');
  const createLink = mayCreate ? createPath : undefined;
  const [filtersOpen, setFiltersOpen] = useState(false);
  const results = useRef<HTMLDivElement>(null);
  const title = state.kind ? kindInfo(state.kind).plural : text.allKinds;

  const { columns, isChosen, choose } = useColumns(state, useHasNamespaces(state, known), setState);
  const page = useCatalogPage(state, known, columns);
  const references = useEntitiesByRefs(referencesOf(page.data?.items ?? []));
  const phone = useIsPhone();

  const turn = (cursor: string | undefined, step: number) => {
    const from = Math.max(1, state.from + step);
    if (from !== state.from && from <= (page.data?.totalItems ?? 0)) {
      setState({ ...state, cursor: from === 1 ? undefined : cursor, from });
      results.current?.scrollIntoView({ block: 'start' });
    }
  };
  const next = () => turn(page.data?.pageInfo.nextCursor, state.pageSize);
  const previous = () => turn(page.data?.pageInfo.prevCursor, -state.pageSize);
  useHotkey([']'], text.keys.nextPage, next);
  useHotkey(['['], text.keys.previousPage, previous);

  return (
    <>
      <PageHeader
        title={title}
        titleSuffix={<Count total={page.data?.totalItems} />}
        actions={
          createLink ? (
            <Button component={Link} to={createLink} variant="contained" color="primary" startIcon={<Plus size={16} />}>
              {text.register}
            </Button>
          ) : (
            createPath && mayCreate === undefined && <Skeleton width={140} height={32} />
          )
        }
      />
      <Content>
        <div className={styles.layout}>
          <FilterPanel
            state={state}
            known={known}
            open={filtersOpen}
            onClose={() => setFiltersOpen(false)}
            onChange={setState}
          />
          <div className={styles.results} ref={results}>
            <div className={styles.toolbar}>
              <SearchField state={state} onChange={setState} label={text.search(title.toLowerCase())} />
              <div className={styles.lists}>
                <ListPicker state={state} known={known} onChange={setState} />
              </div>
              <div className={styles.tools}>
                {!phone && (
                  <ColumnChooser
                    className={styles.tool}
                    kind={state.kind}
                    columns={columns}
                    isChosen={isChosen}
                    onChoose={choose}
                  />
                )}
                <ExportButton
                  request={{
                    ...requestOf(state, known ?? NOBODY),
                    // The order of the table, unless it leaves some out.
                    orderBy: page.hidden > 0 ? DEFAULT_SORT : state.sort,
                  }}
                  columns={columns}
                  subject={title}
                  disabled={!page.data?.totalItems}
                />
              </div>
              <span className={styles.filterButton}>
                <Button startIcon={<SlidersHorizontal size={14} />} onClick={() => setFiltersOpen(true)}>
                  {text.showFilters}
                </Button>
              </span>
            </div>
            <ActiveFilters state={state} onChange={setState} />
            {page.error && (
              <ErrorPanel error={page.error} title={text.failed} onRetry={() => void page.refetch()} />
            )}
            {page.data?.items.length === 0 ? (
              <CatalogEmptyState state={state} createLink={createLink} onChange={setState} />
            ) : (
              !(page.error && !page.data) &&
              (phone ? (
                <EntityList entities={page.data?.items} references={references} stale={page.isPlaceholderData} />
              ) : (
                <EntityTable
                  label={title}
                  entities={page.data?.items}
                  columns={columns}
                  references={references}
                  stale={page.isPlaceholderData}
                  skeletonRows={state.pageSize}
                  sort={state.sort}
                  onSort={sort => setState({ ...state, sort, cursor: undefined, from: 1 })}
                />
              ))
            )}
            <SortNotice state={state} hidden={page.hidden} onChange={setState} />
            <Pager state={state} page={page.data} onNext={next} onPrevious={previous} onChange={setState} />
          </div>
        </div>
      </Content>
    </>
  );
}

/** Whether what is listed is in namespaces worth a column. */
function useHasNamespaces(state: CatalogState, known: KnownRefs | undefined): boolean {
  const { values } = useFacets(state, known);
  return values.namespace?.some(({ value }) => value !== DEFAULT_NAMESPACE) ?? false;
}

/** The exact number, read out when it changes. */
function Count({ total }: { total: number | undefined }) {
  const formats = useFormats();
  const text = useMessages().index;
  return (
    <span className={styles.count} role="status" aria-label={total === undefined ? undefined : text.results(total)}>
      {total !== undefined && formats.number(total)}
    </span>
  );
}
