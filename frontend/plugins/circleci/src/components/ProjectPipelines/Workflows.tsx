import { Duration, ErrorPanel, LoadingBlock } from '@callboard/core-components';
import Button from '@mui/material/Button';
import type { UseQueryResult } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useState } from 'react';
import type { Pipeline, Workflow } from '../../api/types';
import { useJobs, type WorkflowAction } from '../../hooks/useCircleCI';
import { isUnderWay } from '../../lib/status';
import { useMessages } from '../../translation';
import { Status } from '../Status';
import { ActionDialog } from './ActionDialog';
import { JobGraph } from './JobGraph';
import styles from './ProjectPipelines.module.css';

/** The workflows of a pipeline with their jobs, and what can be done with them. */
export function Workflows(props: { pipeline: Pipeline; workflows: UseQueryResult<Workflow[]>; onJob(number: number): void }) {
  const messages = useMessages();
  const { pipeline, workflows, onJob } = props;
  const [action, setAction] = useState<WorkflowAction>();
  if (workflows.error) {
    return <ErrorPanel error={workflows.error} title={messages.failed} onRetry={() => void workflows.refetch()} />;
  }
  if (!workflows.data) {
    return <LoadingBlock width="40%" />;
  }
  if (pipeline.errors.length > 0) {
    return (
      <>
        <p>{messages.noWorkflowsError}</p>
        {pipeline.errors.map(({ message }) => (
          <pre key={message} className={styles.error}>
            {message}
          </pre>
        ))}
      </>
    );
  }
  return (
    <>
      {workflows.data.length === 0 && <p className={styles.faint}>{messages.noWorkflows}</p>}
      {workflows.data.map(workflow => (
        <WorkflowPanel key={workflow.id} workflow={workflow} onAction={setAction} onJob={onJob} />
      ))}
      {action && <ActionDialog action={action} onClose={() => setAction(undefined)} />}
    </>
  );
}

function WorkflowPanel(props: { workflow: Workflow; onAction(action: WorkflowAction): void; onJob(number: number): void }) {
  const messages = useMessages();
  const { workflow, onAction, onJob } = props;
  const { id, name, status } = workflow;
  const underWay = isUnderWay(status) || status === 'on_hold';
  const jobs = useJobs(id, underWay);
  const failed = ['failed', 'error', 'canceled'].includes(status);
  return (
    <section aria-label={name} className={styles.workflow}>
      <header className={styles.workflowHead}>
        <h2>{name}</h2>
        <Status status={status} />
        <span className={styles.faint}>
          <Duration from={workflow.created_at} to={workflow.stopped_at ?? undefined} />
        </span>
        <span className={styles.actions}>
          {underWay ? (
            <Button variant="text" onClick={() => onAction({ type: 'cancel', workflowId: id, name })}>
              {messages.cancel}
            </Button>
          ) : (
            <Button
              variant="text"
              startIcon={<RotateCw size={14} />}
              onClick={() => onAction({ type: 'rerun', workflowId: id, name, failed, fromFailed: failed })}
            >
              {messages.rerun}
            </Button>
          )}
        </span>
      </header>
      {jobs.error ? (
        <ErrorPanel error={jobs.error} title={messages.failed} onRetry={() => void jobs.refetch()} />
      ) : jobs.data ? (
        <JobGraph
          jobs={jobs.data}
          onJob={onJob}
          onApprove={(approval, jobName) =>
            onAction({ type: 'approve', workflowId: id, name: jobName, approvalRequestId: approval })
          }
        />
      ) : (
        <LoadingBlock height={32} width="60%" />
      )}
    </section>
  );
}
