import { Duration } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { ChevronRight } from 'lucide-react';
import type { Job } from '../../api/types';
import { useMessages } from '../../translation';
import { Status } from '../Status';
import styles from './ProjectPipelines.module.css';

/** Jobs in the order they run in: those side by side may run at once. */
export function JobGraph(props: {
  jobs: readonly Job[];
  onJob(number: number): void;
  onApprove(approvalRequestId: string, name: string): void;
}) {
  const { jobs, onJob, onApprove } = props;
  return (
    <ol className={styles.stages}>
      {stagesOf(jobs).map((stage, index) => (
        <li key={stage[0]?.id} className={styles.stage}>
          {index > 0 && <ChevronRight size={14} aria-hidden className={styles.arrow} />}
          <ul>
            {stage.map(job => (
              <li key={job.id}>
                <JobChip job={job} onJob={onJob} onApprove={onApprove} />
              </li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}

function JobChip(props: { job: Job; onJob(number: number): void; onApprove(approvalRequestId: string, name: string): void }) {
  const messages = useMessages();
  const { job, onJob, onApprove } = props;
  const { name, status, job_number: number, approval_request_id: approval, started_at: started, stopped_at: stopped } = job;
  const content = (
    <>
      <Status status={status} terse />
      <span className={styles.jobName}>{name}</span>
      {started && (
        <span className={styles.jobTime}>
          <Duration from={started} to={stopped ?? undefined} />
        </span>
      )}
    </>
  );
  if (job.type === 'approval' && status === 'on_hold' && approval) {
    return (
      <span className={styles.job}>
        {content}
        <Button variant="text" color="primary" onClick={() => onApprove(approval, name)}>
          {messages.approve}
        </Button>
      </span>
    );
  }
  return number === undefined ? (
    <span className={styles.job}>{content}</span>
  ) : (
    <button type="button" className={styles.job} onClick={() => onJob(number)}>
      {content}
    </button>
  );
}

/** Jobs by how many others must have run before them. */
function stagesOf(jobs: readonly Job[]): Job[][] {
  const byId = new Map(jobs.map(job => [job.id, job]));
  const depths = new Map<string, number>();
  const depthOf = (job: Job): number => {
    const known = depths.get(job.id);
    if (known !== undefined) {
      return known;
    }
    // Stands in while it is computed, should the data go in a circle.
    depths.set(job.id, 0);
    const before = job.dependencies.flatMap(id => byId.get(id) ?? []);
    const depth = before.length === 0 ? 0 : 1 + Math.max(...before.map(depthOf));
    depths.set(job.id, depth);
    return depth;
  };
  const stages: Job[][] = [];
  for (const job of jobs) {
    (stages[depthOf(job)] ??= []).push(job);
  }
  return stages.filter(Boolean);
}
