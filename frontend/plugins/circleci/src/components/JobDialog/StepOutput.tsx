import { CodeBlock, ErrorPanel, LoadingBlock, SearchInput } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { circleCIApiRef } from '../../api/CircleCIApi';
import type { StepAction } from '../../api/types';
import { logLines } from '../../lib/logText';
import { useMessages } from '../../translation';
import styles from './JobDialog.module.css';

const WATCHED_MS = 3000;
/** Below so many lines one reads rather than searches. */
const SEARCHABLE_LINES = 12;

/** What a step printed, with a search over it. */
export function StepOutput({ step, live }: { step: StepAction; live: boolean }) {
  const text = useMessages().job;
  const api = useApi(circleCIApiRef);
  const [search, setSearch] = useState('');
  const { output_url: url, name } = step;
  const { data, error, refetch } = useQuery({
    queryKey: ['circleci', 'output', url],
    enabled: url !== undefined,
    queryFn: ({ signal }) => api.getOutput(url ?? '', { signal }),
    refetchInterval: live ? WATCHED_MS : false,
  });
  if (error) {
    return <ErrorPanel error={error} title={text.outputFailed} hint={text.outputHint} onRetry={() => void refetch()} />;
  }
  if (url !== undefined && data === undefined) {
    return <LoadingBlock height={72} />;
  }
  const lines = data?.trim() ? logLines(data) : [];
  if (lines.length === 0) {
    return <p className={styles.faint}>{text.noOutput}</p>;
  }
  const found = search ? lines.filter(line => line.toLowerCase().includes(search.toLowerCase())) : lines;
  return (
    <>
      {lines.length >= SEARCHABLE_LINES && <SearchInput label={text.search} value={search} onChange={setSearch} />}
      {found.length === 0 ? (
        <p className={styles.faint}>{text.noMatch}</p>
      ) : (
        <CodeBlock text={found.join('\n')} label={text.output(name)} numbered={!search} />
      )}
    </>
  );
}
