import { EmptyState, ErrorPanel, PageTurner, SearchInput, Skeleton, useDebounced } from '@callboard/core-components';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import { GitBranch, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { isUnconnected } from '../../api/CircleCIError';
import { usePipelines } from '../../hooks/useCircleCI';
import { useMessages } from '../../translation';
import { ConnectionHelp } from '../ConnectionHelp';
import { JobDialog } from '../JobDialog';
import { PipelineRow } from './PipelineRow';
import styles from './ProjectPipelines.module.css';

/** The pipelines of a project, newest first, each with its workflows and jobs behind it. */
export function ProjectPipelines({ slug }: { slug: string }) {
  const messages = useMessages();
  const [params, setParams] = useSearchParams();
  const [branch, setBranch] = useState(params.get('branch') ?? '');
  const wanted = useDebounced(branch.trim());
  // CircleCI's pages lead forwards only; the way back is remembered.
  const [tokens, setTokens] = useState<string[]>([]);
  const pageToken = tokens.at(-1);
  const page = usePipelines(slug, { branch: wanted || undefined, pageToken });
  const next = page.data?.next_page_token;
  const job = Number(params.get('job')) || undefined;
  const expanded = params.get('pipeline') ?? undefined;

  const put = (key: string, value: string | undefined) =>
    setParams(
      current => {
        const changed = new URLSearchParams(current);
        if (value) {
          changed.set(key, value);
        } else {
          changed.delete(key);
        }
        return changed;
      },
      { replace: key === 'branch' },
    );
  const filter = (text: string) => {
    setBranch(text);
    setTokens([]);
    put('branch', text.trim());
  };

  return (
    <>
      <div className={styles.toolbar}>
        <SearchInput label={messages.branch} value={branch} onChange={filter} />
        <Tooltip title={messages.refresh}>
          <IconButton aria-label={messages.refresh} onClick={() => void page.refetch()}>
            <RefreshCw size={16} aria-hidden />
          </IconButton>
        </Tooltip>
      </div>
      {isUnconnected(page.error) && <ConnectionHelp error={page.error} />}
      {page.error && !isUnconnected(page.error) && (
        <ErrorPanel error={page.error} title={messages.failed} hint={messages.failedHint} onRetry={() => void page.refetch()} />
      )}
      {page.data?.items.length === 0 ? (
        <EmptyState icon={GitBranch} title={messages.noPipelines} description={messages.noPipelinesText} />
      ) : (
        !(page.error && !page.data) && (
          <ul className={styles.pipelines} aria-label={messages.pipelines} aria-busy={!page.data || page.isPlaceholderData}>
            {page.data?.items.map(pipeline => (
              <PipelineRow
                key={pipeline.id}
                pipeline={pipeline}
                expanded={expanded === pipeline.id}
                onExpand={open => put('pipeline', open ? pipeline.id : undefined)}
                onJob={number => put('job', String(number))}
              />
            )) ?? <SkeletonRows />}
          </ul>
        )
      )}
      <PageTurner
        position={tokens.length > 0 || next ? messages.page(tokens.length + 1) : undefined}
        onPrevious={tokens.length > 0 ? () => setTokens(tokens.slice(0, -1)) : undefined}
        onNext={next ? () => setTokens([...tokens, next]) : undefined}
      />
      {job !== undefined && <JobDialog slug={slug} number={job} onClose={() => put('job', undefined)} />}
    </>
  );
}

const SKELETON_ROWS = 8;

function SkeletonRows() {
  return Array.from({ length: SKELETON_ROWS }, (_, row) => (
    <li key={row} className={styles.skeleton}>
      <Skeleton width={row % 2 === 0 ? '48%' : '36%'} />
      <Skeleton width="24%" />
    </li>
  ));
}
