import { DEFAULT_NAMESPACE } from '@callboard/catalog-model';
import { Content, ErrorPanel, PageHeader, useFormats, useHotkey, useIsPhone } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { SlidersHorizontal } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { EntityList, PlainEntityTable, referencesOf, type EntityColumn } from '../../components/EntityTable';
import { kindInfo } from '../../entities/kinds';
import { useEntitiesByRefs } from '../../hooks/useEntitiesByRefs';
import { useMessages } from '../../translation';
import { useChange } from '../hooks/useChange';
import { useColumns } from '../hooks/useColumns';
import { useFacets } from '../hooks/useFacets';
import { useIndexPage, usePageAhead } from '../hooks/useIndexPage';
import { useIndexState } from '../hooks/useIndexState';
import { useKnownRefs } from '../hooks/useKnownRefs';
import { useDecision, useStart } from '../hooks/useStart';
import { changeState, DEFAULT_SORT, type IndexStart, type IndexState } from '../lib/indexState';
import { NOBODY, requestOf, type KnownRefs } from '../lib/selection';
import { ActiveFilters } from './ActiveFilters';
import { ColumnChooser } from './ColumnChooser';
import { ExportButton } from './ExportButton';
import { FilterPanel } from './FilterPanel';
import { ListPicker } from './ListPicker';
import { NoRows } from './NoRows';
import { Pager } from './Pager';
import { SearchField } from './SearchField';
import { SortNotice } from './SortNotice';
import styles from './entityIndex.module.css';

/** A page that lists entities: what to filter by, the table, and the ways through it. All of what is chosen is in the URL. */
export function EntityIndex(props: {
  /** The kind, in lower case, that is all it lists; without it the kind is chosen as well. */
  kind?: string;
  /** What it begins with where its address says nothing: everything, unless said otherwise. The same object as long as it says the same. */
  start?: IndexStart;
  subtitle?: string;
  /** What can be done, at the right of the header. */
  actions?: ReactNode;
  /** Stands where nothing is to be listed at all, whatever is filtered by. */
  empty: ReactNode;
}) {
  const text = useMessages().index;
  const { kind, start, subtitle, actions, empty } = props;
  const { state: read, setState: replaceState, isStart } = useIndexState(kind, start);
  const person = useKnownRefs();
  const [filtersOpen, setFiltersOpen] = useState(false);
  const results = useRef<HTMLDivElement>(null);
  const title = read.kind ? kindInfo(read.kind).plural : text.allKinds;

  const { state, known, isDecided, decision } = useStart(read, person, isStart);
  const { columns, isChosen, choose, columnsOf } = useColumns(state, useHasNamespaces(state, known), replaceState);
  useDecision({ state: read, known: person, columns }, decision);
  const page = useIndexPage({ state, known, columns });
  const columnsOfRows = useColumnsOfRows(columns, !page.isPlaceholderData);
  const askAhead = usePageAhead();
  const change = useChange(state, replaceState, next => askAhead({ state: next, known, columns: columnsOf(next) }));
  const references = useEntitiesByRefs(referencesOf(page.data?.items ?? []));
  const phone = useIsPhone();

  const turn = (cursor: string | undefined, step: number) =>
    change(before => {
      const from = Math.max(1, before.from + step);
      if (from === before.from || from > (page.data?.totalItems ?? 0)) {
        return before;
      }
      results.current?.scrollIntoView({ block: 'start' });
      // A cursor leads on from the page that it came with, and from no other.
      const leadsOn = before === state && !page.isPlaceholderData && from > 1;
      return { ...before, cursor: leadsOn ? cursor : undefined, from };
    });
  const next = () => turn(page.data?.pageInfo.nextCursor, state.pageSize);
  const previous = () => turn(page.data?.pageInfo.prevCursor, -state.pageSize);
  useHotkey([']'], text.keys.nextPage, next);
  useHotkey(['['], text.keys.previousPage, previous);

  return (
    <>
      <PageHeader title={title} titleSuffix={<Count total={page.data?.totalItems} />} subtitle={subtitle} actions={actions} />
      <Content>
        <div className={styles.layout}>
          <FilterPanel
            state={state}
            known={known}
            fixedKind={kind !== undefined}
            open={filtersOpen}
            onClose={() => setFiltersOpen(false)}
            onChange={change}
          />
          <div className={styles.results} ref={results}>
            <div className={styles.toolbar}>
              <SearchField state={state} onChange={change} label={text.search(inSentence(title))} />
              <div className={styles.lists}>
                <ListPicker state={state} known={known} isDecided={isDecided} onChange={change} />
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
                    orderFields: page.hidden > 0 ? DEFAULT_SORT : state.sort,
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
            <ActiveFilters state={state} onChange={change} />
            {page.error && (
              <ErrorPanel error={page.error} title={text.failed} onRetry={() => void page.refetch()} />
            )}
            {page.data?.items.length === 0 ? (
              <NoRows state={state} empty={empty} onChange={change} />
            ) : (
              !(page.error && !page.data) &&
              (phone ? (
                <EntityList entities={page.data?.items} references={references} stale={page.isPlaceholderData} />
              ) : (
                <PlainEntityTable
                  label={title}
                  entities={page.data?.items}
                  columns={columnsOfRows}
                  references={references}
                  stale={page.isPlaceholderData}
                  skeletonRows={state.pageSize}
                  sort={state.sort}
                  onSort={sort => change(before => changeState(before, { sort }))}
                />
              ))
            )}
            <SortNotice state={state} hidden={page.hidden} onChange={change} />
            <Pager state={state} page={page.data} onNext={next} onPrevious={previous} onChange={change} />
          </div>
        </div>
      </Content>
    </>
  );
}

/** The title within a sentence; an abbreviation stays as it is. */
function inSentence(title: string): string {
  return /^\p{Lu}{2}/u.test(title) ? title : title.toLowerCase();
}

/** Whether what is listed is in namespaces worth a column. */
function useHasNamespaces(state: IndexState, known: KnownRefs | undefined): boolean {
  const { values } = useFacets(state, known);
  return values.namespace?.some(({ value }) => value !== DEFAULT_NAMESPACE) ?? false;
}

/** The columns for the rows that are there: those of others come with their rows. */
function useColumnsOfRows(columns: readonly EntityColumn[], areOfRows: boolean): readonly EntityColumn[] {
  const [latest, setLatest] = useState(columns);
  const ids = (list: readonly EntityColumn[]) => list.map(({ id }) => id).join();
  if (areOfRows && ids(latest) !== ids(columns)) {
    setLatest(columns);
  }
  return areOfRows ? columns : latest;
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
