import { createApiRef } from '@callboard/core-plugin-api';
import type { Job, JobDetails, Page, Pipeline, StepAction, Workflow } from './types';

interface Options {
  signal?: AbortSignal;
}

/** CircleCI, with the portal's token. A project is named by its slug, such as `gh/acme/shop`. */
export interface CircleCIApi {
  /** Newest first, a page at a time. */
  getPipelines(slug: string, request: { branch?: string; pageToken?: string }, options?: Options): Promise<Page<Pipeline>>;
  getWorkflows(pipelineId: string, options?: Options): Promise<Workflow[]>;
  getJobs(workflowId: string, options?: Options): Promise<Job[]>;
  getJob(slug: string, number: number, options?: Options): Promise<JobDetails>;
  getSteps(slug: string, number: number, options?: Options): Promise<StepAction[]>;
  /** What a step printed. */
  getOutput(url: string, options?: Options): Promise<string>;
  /** Runs a workflow again, whole or from where it failed. */
  rerunWorkflow(workflowId: string, request: { fromFailed: boolean }): Promise<void>;
  cancelWorkflow(workflowId: string): Promise<void>;
  approveJob(workflowId: string, approvalRequestId: string): Promise<void>;
}

export const circleCIApiRef = createApiRef<CircleCIApi>({ id: 'plugin.circleci.service' });
