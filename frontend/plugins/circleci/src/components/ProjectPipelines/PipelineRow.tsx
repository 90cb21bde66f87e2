import { Duration, Link, Time } from '@callboard/core-components';
import { ChevronRight, GitBranch, GitCommitHorizontal, Tag as TagIcon } from 'lucide-react';
import { useId } from 'react';
import type { Pipeline, Workflow } from '../../api/types';
import { useWorkflows } from '../../hooks/useCircleCI';
import { pipelineStatus } from '../../lib/status';
import { useMessages } from '../../translation';
import { Status } from '../Status';
import { Workflows } from './Workflows';
import styles from './ProjectPipelines.module.css';

/** One pipeline: how it went, what it built, and behind it its workflows. */
export function PipelineRow(props: {
  pipeline: Pipeline;
  expanded: boolean;
  onExpand(open: boolean): void;
  onJob(number: number): void;
}) {
  const messages = useMessages();
  const { pipeline, expanded, onExpand, onJob } = props;
  const panel = useId();
  const workflows = useWorkflows(pipeline.id);
  const { number, vcs, trigger } = pipeline;
  const stopped = endOf(workflows.data);
  return (
    <li>
      <div className={styles.row}>
        <Status status={pipelineStatus(pipeline, workflows.data)} terse />
        <div className={styles.main}>
          <button
            type="button"
            className={styles.subject}
            aria-expanded={expanded}
            aria-controls={expanded ? panel : undefined}
            onClick={() => onExpand(!expanded)}
          >
            {vcs?.commit?.subject ?? messages.noCommit}
          </button>
          <p className={styles.facts}>
            <span>{messages.pipeline(number)}</span>
            {vcs?.branch && (
              <span>
                <GitBranch size={12} aria-hidden />
                {vcs.branch}
              </span>
            )}
            {vcs?.tag && (
              <span>
                <TagIcon size={12} aria-hidden />
                {vcs.tag}
              </span>
            )}
            {vcs && (
              <span>
                <GitCommitHorizontal size={12} aria-hidden />
                <Commit url={vcs.target_repository_url} revision={vcs.revision} />
              </span>
            )}
            {trigger.actor.login && <span>{trigger.actor.login}</span>}
          </p>
        </div>
        <div className={styles.times}>
          <Time at={pipeline.created_at} />
          <span className={styles.duration}>
            {workflows.data && workflows.data.length > 0 && <Duration from={pipeline.created_at} to={stopped} />}
          </span>
        </div>
        <ChevronRight size={16} aria-hidden className={styles.chevron} data-open={expanded} />
      </div>
      {expanded && (
        <div id={panel} className={styles.panel}>
          <Workflows pipeline={pipeline} workflows={workflows} onJob={onJob} />
        </div>
      )}
    </li>
  );
}

function Commit({ url, revision }: { url: string; revision: string }) {
  const short = <code>{revision.slice(0, 7)}</code>;
  return /^https:\/\//.test(url) ? <Link to={`${url.replace(/\/$/, '')}/commit/${revision}`}>{short}</Link> : short;
}

/** When the last workflow ended; undefined while one goes on. */
function endOf(workflows: readonly Workflow[] | undefined): string | undefined {
  const ends = workflows?.map(({ stopped_at: stopped }) => stopped) ?? [];
  return ends.some(end => !end) ? undefined : ends.flatMap(end => end ?? []).sort().at(-1);
}
