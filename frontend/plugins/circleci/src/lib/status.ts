import type { Pipeline, Workflow } from '../api/types';

export type Tone = 'success' | 'danger' | 'warning' | 'info';

const TONES: Readonly<Record<string, Tone>> = {
  success: 'success',
  fixed: 'success',
  failed: 'danger',
  failing: 'danger',
  error: 'danger',
  errored: 'danger',
  infrastructure_fail: 'danger',
  timedout: 'danger',
  'terminated-unknown': 'danger',
  unauthorized: 'danger',
  on_hold: 'warning',
  running: 'info',
  queued: 'info',
  pending: 'info',
  setup: 'info',
  'setup-pending': 'info',
};

/** How good a status is; undefined for those that are neither good nor bad. */
export function toneOf(status: string): Tone | undefined {
  return TONES[status];
}

/** Whether something may still change without anybody's doing. */
export function isUnderWay(status: string): boolean {
  return ['running', 'failing', 'queued', 'pending', 'setup', 'setup-pending', 'not_running'].includes(status);
}

const WORST_FIRST = ['error', 'failed', 'failing', 'unauthorized', 'on_hold', 'running', 'canceled', 'not_run', 'success'];

/** How a pipeline went, once its workflows are known: as the worst of the latest run of each, or as CircleCI says where it started none. */
export function pipelineStatus(pipeline: Pipeline, workflows: readonly Workflow[] | undefined): string | undefined {
  return pipeline.state === 'errored' ? 'errored' : workflows && (worst(workflows) ?? pipeline.state);
}

function worst(workflows: readonly Workflow[]): string | undefined {
  const latest = new Map<string, Workflow>();
  for (const workflow of workflows) {
    const other = latest.get(workflow.name);
    if (!other || workflow.created_at > other.created_at) {
      latest.set(workflow.name, workflow);
    }
  }
  const statuses = [...latest.values()].map(({ status }) => status);
  return WORST_FIRST.find(status => statuses.includes(status)) ?? statuses[0];
}
