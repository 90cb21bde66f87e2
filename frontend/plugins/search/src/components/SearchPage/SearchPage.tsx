import { Content, EmptyState, ErrorPanel, PageHeader, PageTurner, SearchInput, Skeleton, useDebounced, VisuallyHidden } from '@callboard/core-components';
import { configApiRef, useApi, useSearchEvent } from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';
import { Search } from 'lucide-react';
import { useSearchParams } from 'react-router-dom';
import { useSearchResults, type SearchAnswer } from '../../hooks/useSearchResults';
import { changeSearch, isQuestion, PAGE_LIMITS, readSearchState, searchDefaults, writeSearchState, type SearchState } from '../../lib/searchState';
import { useMessages, type Messages } from '../../translation';
import { Filters } from './Filters';
import { FirstPage } from './FirstPage';
import { Nothing } from './Nothing';
import { ResultList } from './ResultList';
import styles from './SearchPage.module.css';

/** Searches what the portal knows. All of the question is in the address. */
export function SearchPage() {
  const messages = useMessages();
  const [params, setParams] = useSearchParams();
  const config = useApi(configApiRef);
  const defaults = searchDefaults(config.getOptionalNumber('search.query.pageLimit'), config.getOptionalString('search.defaultType'));
  const state = readSearchState(params, defaults);
  const settled = { ...state, term: useDebounced(state.term) };
  const search = useSearchResults(settled);
  const show = (next: SearchState, options?: { replace: boolean }) => setParams(writeSearchState(next, defaults), options);
  const answer = search.data;
  useSearchEvent(settled.term.trim(), search.isPlaceholderData ? undefined : answer && totalOf(answer));
  const goTo = (cursor: string | undefined) => (cursor ? () => show({ ...state, cursor }) : undefined);

  return (
    <>
      <PageHeader
        title={messages.title}
        subtitle={messages.subtitle}
        documentTitle={state.term ? `${state.term} · ${messages.title}` : messages.title}
      />
      <Content>
        <div className={styles.page}>
          <div className={styles.question}>
            <SearchInput
              label={messages.field}
              value={state.term}
              onChange={term => show(changeSearch(state, { term }), { replace: true })}
            />
          </div>
          <Filters state={state} answer={answer} onChange={show} />
          <div className={styles.answer}>
          <p role="status" className={styles.status}>
            <VisuallyHidden>{isQuestion(settled) && answer && messages.found(totalOf(answer))}</VisuallyHidden>
          </p>
          {!isQuestion(state) ? (
            <EmptyState icon={Search} title={messages.startTitle} description={messages.startText} />
          ) : search.error ? (
            <>
              <ErrorPanel error={search.error} title={messages.failed} hint={answerOf(search.error)} onRetry={() => void search.refetch()} />
              {state.cursor && <FirstPage onClick={() => show({ ...state, cursor: '' })} />}
            </>
          ) : !answer ? (
            <Loading />
          ) : answer.results.length === 0 ? (
            <Nothing state={settled} onChange={show} />
          ) : (
            <>
              <ResultList results={answer.results} stale={search.isPlaceholderData} />
              <div className={styles.foot}>
                <label className={styles.pageLimit}>
                  {messages.pageLimit}
                  <select value={state.pageLimit} onChange={event => show(changeSearch(state, { pageLimit: Number(event.target.value) }))}>
                    {PAGE_LIMITS.map(limit => (
                      <option key={limit}>{limit}</option>
                    ))}
                  </select>
                </label>
                <PageTurner
                  position={positionOf(answer, messages)}
                  onPrevious={goTo(answer.previousPageCursor)}
                  onNext={goTo(answer.nextPageCursor)}
                />
              </div>
            </>
          )}
          </div>
        </div>
      </Content>
    </>
  );
}

/** Of the size of what it stands for. */
function Loading() {
  return (
    <div className={styles.results} aria-busy>
      {Array.from({ length: 6 }, (_, index) => (
        <div key={index} className={styles.result}>
          <Skeleton width={20} height={20} />
          <div className={styles.found}>
            <Skeleton width="30%" height={14} />
            <Skeleton width="70%" />
          </div>
        </div>
      ))}
    </div>
  );
}

/** What was asked, and how the server answered. */
function answerOf(error: Error): string | undefined {
  return error instanceof ResponseError ? `${error.request.method} ${error.request.path} → ${error.status}` : undefined;
}

function totalOf({ numberOfResults, results }: SearchAnswer): number {
  return numberOfResults ?? results.length;
}

function positionOf(answer: SearchAnswer, messages: Messages): string | undefined {
  const first = answer.results[0]?.rank;
  return first === undefined
    ? undefined
    : messages.position(first, first + answer.results.length - 1, Math.max(totalOf(answer), first + answer.results.length - 1));
}
