import { EmptyState, PageTurner } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { ScrollText } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useAuditEvents } from '../../hooks/useAdmin';
import { auditQuery, isNarrowed, readAuditState, writeAuditState, type AuditState } from '../../lib/auditState';
import { useMessages } from '../../translation';
import parts from '../parts/parts.module.css';
import { Unavailable } from '../parts/Unavailable';
import { AuditFilters } from './AuditFilters';
import { AuditTable } from './AuditTable';

const PAGE = 50;
const ALL = { actor: '', action: '', period: 'all' } as const;

/** What was changed, by whom and when, page by page. All of what is shown is in the address. */
export function AuditTab() {
  const text = useMessages().audit;
  const [params, setParams] = useSearchParams();
  const state = readAuditState(params);
  // Pages belong together only when they are asked for with the same beginning.
  const [now] = useState(() => new Date());
  const { data, error, isPlaceholderData, refetch } = useAuditEvents({ ...auditQuery(state, now), limit: PAGE });
  const show = (next: AuditState) => setParams(writeAuditState(next));
  const { cursors } = state;
  const isFiltered = isNarrowed(state);

  if (error) {
    return <Unavailable error={error} title={text.failed} denied={text.denied} onRetry={() => void refetch()} />;
  }
  const nextCursor = data?.nextCursor;
  return (
    <div className={parts.stack}>
      <AuditFilters
        key={`${state.actor}\n${state.action}`}
        state={state}
        onChange={changed => show({ ...state, ...changed, cursors: [] })}
        onClear={isFiltered ? () => show({ ...state, ...ALL, cursors: [] }) : undefined}
      />
      {data?.items.length === 0 ? (
        <EmptyState
          icon={ScrollText}
          title={cursors.length > 0 ? text.past : isFiltered ? text.noneFit : text.none}
          description={cursors.length === 0 && !isFiltered && text.noneText}
          action={cursors.length > 0 && <Button onClick={() => show({ ...state, cursors: [] })}>{text.firstPage}</Button>}
        />
      ) : (
        <>
          <AuditTable events={data?.items} stale={isPlaceholderData} onNarrow={changed => show({ ...state, ...changed, cursors: [] })} />
          {data && (
            <PageTurner
              position={text.shown(data.items.length)}
              onPrevious={cursors.length > 0 ? () => show({ ...state, cursors: cursors.slice(0, -1) }) : undefined}
              onNext={nextCursor ? () => show({ ...state, cursors: [...cursors, nextCursor] }) : undefined}
            />
          )}
        </>
      )}
    </div>
  );
}
