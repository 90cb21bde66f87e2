import { Content, EmptyState, ErrorPanel, PageHeader, PageTurner, SegmentedControl } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { useSearchParams } from 'react-router-dom';
import { useCounts, useUnprocessed } from '../../hooks/useUnprocessed';
import { readPageState, REASONS, writePageState, type PageState } from '../../lib/pageState';
import { useMessages } from '../../translation';
import { UnprocessedTable } from './UnprocessedTable';
import styles from './UnprocessedEntitiesPage.module.css';

/** What failed, lost to another location, or waits, page by page. All of what is shown is in the address. */
export function UnprocessedEntitiesPage() {
  const messages = useMessages();
  const [params, setParams] = useSearchParams();
  const state = readPageState(params);
  const { reason, cursors } = state;
  const queryClient = useQueryClient();
  const { counts, ...counting } = useCounts();
  const page = useUnprocessed(reason, cursors.at(-1));
  const show = (next: PageState) => setParams(writePageState(next));
  const firstPage = cursors.length > 0 && (
    <Button onClick={() => show({ reason, cursors: [] })}>{messages.firstPage}</Button>
  );
  const nextCursor = page.data?.pageInfo.nextCursor;

  return (
    <>
      <PageHeader
        title={messages.title}
        subtitle={messages.subtitle}
        actions={
          <Button onClick={() => void queryClient.invalidateQueries({ queryKey: ['catalog', 'unprocessed'] })}>
            {messages.refresh}
          </Button>
        }
      />
      <Content>
        <div className={styles.page}>
          <SegmentedControl
            label={messages.which}
            value={reason}
            segments={REASONS.map(value => ({ value, label: messages.reasons[value], count: counts[value] }))}
            onChange={value => show({ reason: value, cursors: [] })}
          />
          {counting.error && !page.error && (
            <ErrorPanel error={counting.error} title={messages.countsFailed} onRetry={counting.retry} />
          )}
          {page.error ? (
            <>
              <ErrorPanel error={page.error} title={messages.failed} onRetry={() => void page.refetch()} />
              {firstPage}
            </>
          ) : page.data?.items.length === 0 ? (
            <EmptyState
              icon={CircleCheck}
              title={cursors.length > 0 ? messages.pastTitle : messages.none[reason]}
              description={cursors.length === 0 && reason === 'failed' && messages.noneText}
              action={firstPage}
            />
          ) : (
            <>
              <p className={styles.explanation}>{messages.explanations[reason]}</p>
              <UnprocessedTable reason={reason} rows={page.data?.items} stale={page.isPlaceholderData} />
              {page.data && (
                <PageTurner
                  position={messages.position(page.data.items.length, page.data.totalItems)}
                  onPrevious={cursors.length > 0 ? () => show({ reason, cursors: cursors.slice(0, -1) }) : undefined}
                  onNext={nextCursor ? () => show({ reason, cursors: [...cursors, nextCursor] }) : undefined}
                />
              )}
            </>
          )}
        </div>
      </Content>
    </>
  );
}
