import { createMessages } from '@callboard/core-plugin-api';
import { installationTexts } from './installationTexts';

/** Every text of the plugin. */
export const { ref: circleciTranslationRef, useMessages } = createMessages({
  id: 'plugin.circleci',
  messages: {
    ...installationTexts,
    title: 'CircleCI',
    breadcrumb: 'CircleCI',
    errors: {
      401: 'CircleCI rejected the portal’s token. Whoever runs the portal sets a valid one as header Circle-Token of the proxy endpoint /circleci/api.',
      403: 'CircleCI’s token of the portal may not do this.',
      404: 'CircleCI does not know this, or the portal’s token may not see it. Check the annotation circleci.com/project-slug, and that the proxy endpoint’s target is https://circleci.com/api.',
      429: (seconds: number | undefined) =>
        `CircleCI asks the portal to slow down.${seconds ? ` Try again in ${seconds} seconds.` : ''}`,
    },
    connection: {
      title: 'The portal is not connected to CircleCI',
      text: 'Whoever runs the portal adds the endpoint to its configuration, with a personal API token of CircleCI in the environment. It holds without a restart.',
      example: 'app-config.yaml',
    },
    unknownError: (status: number) => `CircleCI answered with status ${status}.`,
    failed: 'The builds could not be loaded',
    failedHint: 'Nothing is wrong with the component itself.',
    unavailable: 'Not available',
    components: 'Components with a CircleCI project',
    componentsFailed: 'The components could not be loaded',
    noComponents: 'No component names its CircleCI project yet',
    noComponentsText: 'Add the annotation to a component’s catalog-info.yaml, and its builds show up here and on its page.',
    missing: 'This component names no CircleCI project',
    missingText: 'Add the annotation to its catalog-info.yaml to see its builds here:',
    invalid: (slug: string) => `“${slug}” is no project slug`,
    invalidText: 'It is the version control system (gh, bb or circleci), the organisation and the repository, joined by slashes:',
    example: 'The annotation',
    noPipelines: 'No builds yet',
    noPipelinesText: 'CircleCI has built nothing of this project, or nothing of this branch.',
    columns: {
      component: 'Component',
      project: 'Project',
      status: 'Status',
      pipeline: 'Pipeline',
      commit: 'Commit',
      branch: 'Branch',
      started: 'Started',
      duration: 'Duration',
      by: 'By',
    },
    builds: { title: 'Latest builds', all: 'All builds' },
    pipelines: 'Pipelines',
    branch: 'Filter by branch',
    refresh: 'Refresh',
    openAtCircleCI: 'Open at CircleCI',
    pipeline: (number: number) => `Pipeline #${number}`,
    expand: (number: number) => `Workflows of pipeline #${number}`,
    noCommit: 'Started without a commit',
    page: (page: number) => `Page ${page}`,
    workflows: 'Workflows',
    noWorkflows: 'This pipeline started no workflow.',
    noWorkflowsError: 'CircleCI could not read its configuration:',
    approve: 'Approve',
    approveTitle: (name: string) => `Approve ${name}?`,
    approveText: 'The jobs that wait for it start at once.',
    cancel: 'Cancel',
    cancelTitle: (name: string) => `Cancel ${name}?`,
    cancelText: 'Jobs that run are stopped. What they have done so far stays done.',
    cancelAction: 'Cancel the workflow',
    rerun: 'Run again',
    rerunTitle: (name: string) => `Run ${name} again?`,
    rerunText: 'The same commit is built again, with CircleCI’s credits.',
    rerunWhich: 'What to run',
    rerunAll: 'The whole workflow',
    rerunFailed: 'From the jobs that failed',
    done: { rerun: 'CircleCI runs it again.', cancel: 'CircleCI cancels it.', approve: 'Approved.' },
    job: {
      title: (name: string, number: number) => `${name} #${number}`,
      steps: 'Steps',
      executor: 'Runs on',
      status: 'Status',
      started: 'Started',
      duration: 'Duration',
      failed: 'The job could not be loaded',
      noSteps: 'It has no steps yet',
      stepsFailed: 'The steps could not be loaded',
      output: (step: string) => `Output of ${step}`,
      outputFailed: 'The output could not be loaded here',
      outputHint: 'It can be read at CircleCI.',
      search: 'Search in the output',
      noMatch: 'No line has that in it.',
      noOutput: 'The step printed nothing.',
    },
    statuses: {
      success: 'Success',
      fixed: 'Fixed',
      failed: 'Failed',
      failing: 'Failing',
      error: 'Error',
      errored: 'Error',
      infrastructure_fail: 'Infrastructure failure',
      timedout: 'Timed out',
      'terminated-unknown': 'Ended unknown',
      unauthorized: 'Unauthorised',
      on_hold: 'Needs approval',
      running: 'Running',
      queued: 'Queued',
      pending: 'Pending',
      setup: 'Setting up',
      'setup-pending': 'Setting up',
      canceled: 'Cancelled',
      not_run: 'Not run',
      not_running: 'Not running',
      blocked: 'Waiting',
      retried: 'Retried',
    } as Record<string, string>,
  },
});

export type Messages = ReturnType<typeof useMessages>;

export const EXAMPLE_ANNOTATION = `metadata:
  annotations:
    circleci.com/project-slug: gh/acme/shop
`;

export const EXAMPLE_ENDPOINT = `proxy:
  endpoints:
    /circleci/api:
      target: https://circleci.com/api
      headers:
        Circle-Token: \${CIRCLECI_AUTH_TOKEN}
      allowedHeaders: [Retry-After]
`;
