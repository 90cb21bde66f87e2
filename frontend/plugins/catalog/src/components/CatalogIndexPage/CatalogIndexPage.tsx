import { Content, ErrorPanel, PageHeader, useHotkey } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { kindInfo } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { Plus, SlidersHorizontal } from 'lucide-react';
import { useRef, useState } from 'react';
import { Link } from 'react-router-dom';
import { useCatalogPage } from '../../hooks/useCatalogPage';
import { useCatalogState } from '../../hooks/useCatalogState';
import { usePersonalRefs } from '../../hooks/usePersonalRefs';
import { messages } from '../../messages';
import { createComponentRouteRef } from '../../routes';
import { ActiveFilters } from './ActiveFilters';
import { CatalogEmptyState } from './CatalogEmptyState';
import { EntityTable } from './EntityTable';
import { FilterPanel } from './FilterPanel';
import { ListPicker } from './ListPicker';
import { Pager } from './Pager';
import { SearchField } from './SearchField';
import { SortNotice } from './SortNotice';
import styles from './catalogIndex.module.css';

const text = messages.index;

/** The table of everything in the catalog. */
export function CatalogIndexPage() {
  const [state, setState] = useCatalogState();
  const personal = usePersonalRefs();
  const page = useCatalogPage(state, personal);
  const createLink = useRouteRef(createComponentRouteRef)?.();
  const [filtersOpen, setFiltersOpen] = useState(false);
  const results = useRef<HTMLDivElement>(null);
  const title = state.kind ? kindInfo(state.kind).plural : text.allKinds;

  const turn = (cursor: string | undefined, step: number) => {
    if (cursor) {
      setState({ ...state, cursor, from: Math.max(1, state.from + step) });
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
          createLink && (
            <Button component={Link} to={createLink} variant="contained" color="primary" startIcon={<Plus size={16} />}>
              {text.register}
            </Button>
          )
        }
      />
      <Content>
        <div className={styles.layout}>
          <FilterPanel
            state={state}
            personal={personal}
            open={filtersOpen}
            onClose={() => setFiltersOpen(false)}
            onChange={setState}
          />
          <div className={styles.results} ref={results}>
            <div className={styles.toolbar}>
              <SearchField state={state} onChange={setState} label={text.search(title.toLowerCase())} />
              <ListPicker state={state} personal={personal} onChange={setState} />
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
              !(page.error && !page.data) && (
                <EntityTable
                  entities={page.data?.items}
                  stale={page.isPlaceholderData}
                  state={state}
                  onSort={sort => setState({ ...state, sort, cursor: undefined, from: 1 })}
                />
              )
            )}
            <SortNotice state={state} hidden={page.hidden} onChange={setState} />
            <Pager state={state} page={page.data} onNext={next} onPrevious={previous} onChange={setState} />
          </div>
        </div>
      </Content>
    </>
  );
}

/** The exact number, read out when it changes. */
function Count({ total }: { total: number | undefined }) {
  return (
    <span className={styles.count} role="status" aria-label={total === undefined ? undefined : text.results(total)}>
      {total?.toLocaleString('en')}
    </span>
  );
}
