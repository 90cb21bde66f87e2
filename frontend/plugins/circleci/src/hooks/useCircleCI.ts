import { alertApiRef, useApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { circleCIApiRef } from '../api/CircleCIApi';
import { isUnderWay } from '../lib/status';
import { useMessages } from '../translation';

/** CircleCI allows the portal so much; nobody needs builds that are younger than this. */
const FRESH_MS = 15_000;
const WATCHED_MS = 5_000;

/** A page of a project's pipelines; of none as long as there is no project. */
export function usePipelines(slug: string | undefined, request: { branch?: string; pageToken?: string }) {
  const api = useApi(circleCIApiRef);
  return useQuery({
    queryKey: ['circleci', 'pipelines', slug, request],
    enabled: slug !== undefined,
    queryFn: ({ signal }) => api.getPipelines(slug ?? '', request, { signal }),
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    // The first page is where new ones appear.
    refetchInterval: request.pageToken ? false : 2 * FRESH_MS,
  });
}

/** The workflows of a pipeline, watched as long as one runs. */
export function useWorkflows(pipelineId: string | undefined) {
  const api = useApi(circleCIApiRef);
  return useQuery({
    queryKey: ['circleci', 'workflows', pipelineId],
    enabled: pipelineId !== undefined,
    queryFn: ({ signal }) => api.getWorkflows(pipelineId ?? '', { signal }),
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (state.data?.some(({ status }) => isUnderWay(status)) ? WATCHED_MS : false),
  });
}

/** The jobs of a workflow, watched as long as it runs. */
export function useJobs(workflowId: string, watched: boolean) {
  const api = useApi(circleCIApiRef);
  return useQuery({
    queryKey: ['circleci', 'jobs', workflowId],
    queryFn: ({ signal }) => api.getJobs(workflowId, { signal }),
    staleTime: FRESH_MS,
    refetchInterval: watched ? WATCHED_MS : false,
  });
}

/** One job with its steps, watched as long as it runs. */
export function useJob(slug: string, number: number) {
  const api = useApi(circleCIApiRef);
  const job = useQuery({
    queryKey: ['circleci', 'job', slug, number],
    queryFn: ({ signal }) => api.getJob(slug, number, { signal }),
    staleTime: FRESH_MS,
    refetchInterval: ({ state }) => (state.data && isUnderWay(state.data.status) ? WATCHED_MS : false),
  });
  const steps = useQuery({
    queryKey: ['circleci', 'steps', slug, number],
    queryFn: ({ signal }) => api.getSteps(slug, number, { signal }),
    staleTime: FRESH_MS,
    refetchInterval: job.data && isUnderWay(job.data.status) ? WATCHED_MS : false,
  });
  return { job, steps };
}

/** What a person may do to a workflow. */
export type WorkflowAction =
  | { type: 'rerun'; workflowId: string; name: string; failed: boolean; fromFailed: boolean }
  | { type: 'cancel'; workflowId: string; name: string }
  | { type: 'approve'; workflowId: string; name: string; approvalRequestId: string };

/** Does it, says so, and reads again what has changed. */
export function useWorkflowAction(onDone: () => void) {
  const messages = useMessages();
  const api = useApi(circleCIApiRef);
  const alertApi = useApi(alertApiRef);
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (action: WorkflowAction) => {
      switch (action.type) {
        case 'rerun':
          return api.rerunWorkflow(action.workflowId, { fromFailed: action.fromFailed });
        case 'cancel':
          return api.cancelWorkflow(action.workflowId);
        case 'approve':
          return api.approveJob(action.workflowId, action.approvalRequestId);
      }
    },
    onSuccess: async (_, { type }) => {
      alertApi.post({ message: messages.done[type], severity: 'success', display: 'transient' });
      onDone();
      await queryClient.invalidateQueries({ queryKey: ['circleci'] });
    },
  });
}
