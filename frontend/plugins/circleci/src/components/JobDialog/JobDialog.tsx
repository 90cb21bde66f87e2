import { classes, Duration, ErrorPanel, Link, LoadingBlock, MetadataList, Time, TitledDialog, useFormats } from '@callboard/core-components';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import type { StepAction } from '../../api/types';
import { useJob } from '../../hooks/useCircleCI';
import { isUnderWay, toneOf } from '../../lib/status';
import { useMessages } from '../../translation';
import { Status } from '../Status';
import { StepOutput } from './StepOutput';
import styles from './JobDialog.module.css';

/** One job: how it went, step by step, with what each printed. The step that failed is open. */
export function JobDialog({ slug, number, onClose }: { slug: string; number: number; onClose(): void }) {
  const messages = useMessages();
  const text = messages.job;
  const { job, steps } = useJob(slug, number);
  const failed = steps.data?.find(({ status }) => toneOf(status) === 'danger');
  const [chosen, setChosen] = useState<string>();
  const open = chosen ?? (failed && keyOf(failed));
  return (
    <TitledDialog title={text.title(job.data?.name ?? '', number)} maxWidth="md" onClose={onClose}>
      {job.error ? (
        <ErrorPanel error={job.error} title={text.failed} onRetry={() => void job.refetch()} />
      ) : job.data ? (
        <div className={styles.facts}>
          <MetadataList
            items={[
              { label: text.status, value: <Status status={job.data.status} /> },
              { label: text.started, value: job.data.started_at && <Time at={job.data.started_at} /> },
              {
                label: text.duration,
                value: job.data.started_at && <Duration from={job.data.started_at} to={job.data.stopped_at ?? undefined} />,
              },
              { label: text.executor, value: `${job.data.executor.type}, ${job.data.executor.resource_class}` },
            ]}
          />
          <Link to={job.data.web_url}>{messages.openAtCircleCI}</Link>
        </div>
      ) : (
        <LoadingBlock height={96} />
      )}
      <section aria-label={text.steps} aria-busy={steps.isPending}>
        {steps.error ? (
          <ErrorPanel error={steps.error} title={text.stepsFailed} onRetry={() => void steps.refetch()} />
        ) : (
          <ul className={styles.steps}>
            {steps.data?.length === 0 && <li className={styles.faint}>{text.noSteps}</li>}
            {steps.data?.map(step => (
              <Step
                key={keyOf(step)}
                step={step}
                open={open === keyOf(step)}
                onToggle={() => setChosen(open === keyOf(step) ? '' : keyOf(step))}
              />
            )) ?? (
              <li>
                <LoadingBlock height={120} />
              </li>
            )}
          </ul>
        )}
      </section>
    </TitledDialog>
  );
}

function keyOf({ step, index }: StepAction): string {
  return `${step}.${index}`;
}

function Step({ step, open, onToggle }: { step: StepAction; open: boolean; onToggle(): void }) {
  const formats = useFormats();
  const panel = useId();
  const { name, status, run_time_millis: runTime } = step;
  return (
    <li className={styles.step}>
      <button
        type="button"
        className={styles.stepHead}
        aria-expanded={open}
        aria-controls={open ? panel : undefined}
        onClick={onToggle}
      >
        <ChevronRight size={14} aria-hidden className={classes(styles.chevron, open && styles.open)} />
        <Status status={status} terse />
        <span className={styles.stepName}>{name}</span>
        {runTime !== null && <span className={styles.time}>{formats.duration(runTime)}</span>}
      </button>
      {open && (
        <div id={panel} className={styles.output}>
          <StepOutput step={step} live={isUnderWay(status)} />
        </div>
      )}
    </li>
  );
}
