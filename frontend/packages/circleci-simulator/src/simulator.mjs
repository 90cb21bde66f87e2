// CircleCI's public API as far as a portal needs it, in memory: the shapes, paging and errors of its v2 reference, and of
// v1.1 the one call for steps and their output, which v2 has not.
const TOKEN = 'simulated-token';
const PAGE = 20;

/** A deterministic UUID. */
const uuid = number => `5f0c8f2e-0000-4000-8000-${String(number).padStart(12, '0')}`;

class Failure extends Error {
  constructor(status, message, headers = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** A CircleCI with some projects. `handle` answers requests of the Fetch API; nothing else is needed in a browser's test. */
export class CircleCISimulator {
  /** Requests as they came, such as `GET /api/v2/me`. */
  requests = [];
  /** How many requests are still let through before 429; undefined for all. */
  budget = undefined;

  constructor({ slugs = ['gh/acme/checkout'], pipelines = 45, now = Date.now(), token = TOKEN } = {}) {
    this.token = token;
    this.now = now;
    this.projects = new Map(slugs.map((slug, index) => [slug, createProject(slug, pipelines, now, index + 1)]));
  }

  async handle(request) {
    const url = new URL(request.url);
    this.requests.push(`${request.method} ${decodeURIComponent(url.pathname + url.search)}`);
    try {
      const body = request.method === 'POST' ? await request.text() : '';
      return Response.json(...this.answer(request, url, body ? JSON.parse(body) : {}));
    } catch (error) {
      const { status = 500, message, headers = {} } = error;
      return Response.json({ message }, { status, headers });
    }
  }

  answer(request, url, body) {
    if (request.headers.get('circle-token') !== this.token) {
      throw new Failure(401, 'Invalid token provided.');
    }
    if (this.budget !== undefined && this.budget-- <= 0) {
      throw new Failure(429, 'API rate limit exceeded.', { 'retry-after': '30' });
    }
    const path = decodeURIComponent(url.pathname).replace(/^\/api/, '');
    for (const [method, pattern, handler] of this.routes()) {
      const match = method === request.method && pattern.exec(path);
      if (match) {
        return handler(match.slice(1), url.searchParams, body);
      }
    }
    throw new Failure(404, 'Not found');
  }

  routes() {
    return [
      ['GET', /^\/v2\/me$/, () => [{ id: uuid(1), login: 'ada', name: 'Ada Okafor' }]],
      ['GET', /^\/v2\/project\/([^/]+\/[^/]+\/[^/]+)$/, ([slug]) => [this.project(slug).info]],
      ['GET', /^\/v2\/project\/([^/]+\/[^/]+\/[^/]+)\/pipeline$/, ([slug], query) => [this.pipelines(slug, query)]],
      ['GET', /^\/v2\/project\/([^/]+\/[^/]+\/[^/]+)\/job\/(\d+)$/, ([slug, number]) => [this.job(slug, Number(number)).details]],
      ['GET', /^\/v2\/pipeline\/([^/]+)\/workflow$/, ([id]) => [{ items: this.pipeline(id).workflows.map(({ jobs: _, ...rest }) => rest), next_page_token: null }]],
      ['GET', /^\/v2\/workflow\/([^/]+)\/job$/, ([id]) => [{ items: this.workflow(id).jobs.map(job => job.summary), next_page_token: null }]],
      ['POST', /^\/v2\/workflow\/([^/]+)\/rerun$/, ([id], _, body) => [this.rerun(id, body), { status: 202 }]],
      ['POST', /^\/v2\/workflow\/([^/]+)\/cancel$/, ([id]) => [this.cancel(id), { status: 202 }]],
      ['POST', /^\/v2\/workflow\/([^/]+)\/approve\/([^/]+)$/, ([id, approval]) => [this.approve(id, approval), { status: 202 }]],
      ['GET', /^\/v1\.1\/project\/([^/]+\/[^/]+\/[^/]+)\/(\d+)$/, ([slug, number]) => [this.job(slug, Number(number)).build]],
      ['GET', /^\/v1\.1\/project\/([^/]+\/[^/]+\/[^/]+)\/(\d+)\/output\/(\d+)\/0$/, ([slug, number, step]) => [this.output(slug, Number(number), Number(step))]],
    ];
  }

  /** Both spellings of a version control system are one project. */
  project(slug) {
    const project = this.projects.get(slug.replace(/^github\//, 'gh/').replace(/^bitbucket\//, 'bb/'));
    if (!project) {
      throw new Failure(404, 'Project not found');
    }
    return project;
  }

  pipelines(slug, query) {
    const branch = query.get('branch');
    const all = this.project(slug).pipelines.filter(({ vcs }) => !branch || vcs.branch === branch);
    const start = query.has('page-token') ? Number(atob(query.get('page-token'))) : 0;
    const items = all.slice(start, start + PAGE).map(({ workflows: _, ...pipeline }) => pipeline);
    return { items, next_page_token: start + PAGE < all.length ? btoa(String(start + PAGE)) : null };
  }

  all() {
    return [...this.projects.values()].flatMap(({ pipelines }) => pipelines);
  }

  pipeline(id) {
    return this.all().find(pipeline => pipeline.id === id) ?? fail('Pipeline not found');
  }

  workflow(id) {
    return this.all().flatMap(({ workflows }) => workflows).find(workflow => workflow.id === id) ?? fail('Workflow not found');
  }

  job(slug, number) {
    const jobs = this.project(slug).pipelines.flatMap(({ workflows }) => workflows.flatMap(workflow => workflow.jobs));
    return jobs.find(({ summary }) => summary.job_number === number) ?? fail('Job not found');
  }

  output(slug, number, step) {
    const job = this.job(slug, number);
    const text = job.output[step] ?? fail('Output not found');
    return [{ message: text, time: new Date(this.now).toISOString(), type: 'out', truncated: false }];
  }

  rerun(id, { from_failed: fromFailed = false }) {
    const workflow = this.workflow(id);
    if (!['success', 'failed', 'canceled', 'error'].includes(workflow.status)) {
      throw new Failure(400, 'Workflow is still running and cannot be rerun.');
    }
    const { pipeline_id: pipelineId } = workflow;
    const pipeline = this.pipeline(pipelineId);
    const again = createWorkflow({
      name: workflow.name,
      status: 'running',
      pipeline,
      number: workflow.number + 5000 + pipeline.workflows.length,
      started: this.now,
      fromFailed,
    });
    pipeline.workflows.unshift(again);
    return { workflow_id: again.id };
  }

  cancel(id) {
    const workflow = this.workflow(id);
    workflow.status = 'canceled';
    workflow.stopped_at = new Date(this.now).toISOString();
    return { message: 'Accepted.' };
  }

  approve(id, approval) {
    const workflow = this.workflow(id);
    const job = workflow.jobs.find(({ summary }) => summary.approval_request_id === approval) ?? fail('Approval not found');
    job.summary.status = 'success';
    workflow.status = 'running';
    return { message: 'Accepted.' };
  }
}

function fail(message) {
  throw new Failure(404, message);
}

const SUBJECTS = [
  'Retry payments once when the bank times out',
  'Show delivery dates in the customer’s time zone',
  'Bump the base image',
  'Remove the old discount rules',
  'Measure how long carts live',
  'Keep the basket when the session ends',
  'Read prices from the pricing API',
];
const PEOPLE = ['ada', 'bjorn', 'chen', 'dalia', 'emil'];
const BRANCHES = ['main', 'main', 'main', 'checkout-retries', 'delivery-dates'];
/** Of each pipeline by its age; a project begins somewhere else among them than the project before it. */
const STATUSES = ['running', 'success', 'failed', 'on_hold', 'success', 'success', 'canceled', 'success'];

function createProject(slug, count, now, ordinal) {
  const [vcs, organization, name] = slug.split('/');
  const host = vcs === 'bb' ? 'bitbucket.org' : 'github.com';
  const repository = `https://${host}/${organization}/${name}`;
  const info = {
    id: uuid(ordinal * 1_000_000),
    slug,
    name,
    organization_name: organization,
    organization_slug: `${vcs}/${organization}`,
    organization_id: uuid(2),
    vcs_info: { vcs_url: repository, provider: vcs === 'bb' ? 'Bitbucket' : 'GitHub', default_branch: 'main' },
  };
  const pipelines = Array.from({ length: count }, (_, age) => createPipeline({ slug, repository, number: count - age, age, now, ordinal }));
  return { info, pipelines };
}

function createPipeline({ slug, repository, number, age, now, ordinal }) {
  const others = ordinal - 1;
  const created = now - age * (5_400_000 + others * 1_900_000) - others * 2_820_000 - 180_000;
  const pick = list => list[(number + others * 2) % list.length];
  const login = pick(PEOPLE);
  const pipeline = {
    id: uuid(ordinal * 1_000_000 + number),
    project_slug: slug,
    number,
    state: 'created',
    created_at: new Date(created).toISOString(),
    updated_at: new Date(created).toISOString(),
    errors: [],
    trigger: { type: 'webhook', received_at: new Date(created).toISOString(), actor: { login, avatar_url: null } },
    vcs: {
      provider_name: 'GitHub',
      origin_repository_url: repository,
      target_repository_url: repository,
      branch: pick(BRANCHES),
      revision: (0x9e3779b1 * (number + 1000 * ordinal)).toString(16).slice(0, 10).padEnd(10, 'b').repeat(4),
      commit: { subject: pick(SUBJECTS), body: '' },
    },
  };
  const usual = STATUSES[(age + others * 5) % STATUSES.length];
  // Nothing runs for hours.
  const status = usual === 'running' && age > 0 ? 'success' : usual;
  pipeline.workflows = [
    createWorkflow({ name: 'build-and-deploy', status, pipeline, number: number * 10, started: created + 2_000, pace: 1 + (others % 4) * 0.6 + (number % 3) * 0.1 }),
  ];
  return pipeline;
}

/** `pace` is how many times as long as usual it takes. */
function createWorkflow({ name, status, pipeline, number, started, pace = 1, fromFailed = false }) {
  const over = !['running', 'on_hold'].includes(status);
  const workflow = {
    id: uuid(900_000_000 + Number(pipeline.id.slice(-9)) * 100 + number % 100),
    number,
    name,
    status,
    pipeline_id: pipeline.id,
    pipeline_number: pipeline.number,
    project_slug: pipeline.project_slug,
    started_by: uuid(1),
    created_at: new Date(started).toISOString(),
    stopped_at: over ? new Date(started + 272_000 * pace).toISOString() : null,
    ...(fromFailed && { tag: 'rerun-workflow-from-failed' }),
  };
  workflow.jobs = [
    createJob({ workflow, pace, name: 'test', order: 0, status: status === 'failed' ? 'failed' : status === 'canceled' ? 'canceled' : status === 'running' ? 'running' : 'success', after: [] }),
    createJob({ workflow, pace, name: 'build-image', order: 1, status: ['failed', 'canceled'].includes(status) ? 'not_run' : status === 'running' ? 'blocked' : 'success', after: [0] }),
    createJob({ workflow, pace, name: 'approve-deploy', order: 2, status: status === 'on_hold' ? 'on_hold' : status === 'success' ? 'success' : 'blocked', after: [1], approval: true }),
    createJob({ workflow, pace, name: 'deploy', order: 3, status: status === 'success' ? 'success' : 'blocked', after: [2] }),
  ];
  return workflow;
}

function createJob({ workflow, pace, name, order, status, after, approval = false }) {
  const started = Date.parse(workflow.created_at) + order * 66_000 * pace;
  const ran = ['success', 'failed', 'running', 'canceled'].includes(status) && !approval;
  const over = ran && status !== 'running';
  const number = approval || !ran ? undefined : workflow.number * 10 + order;
  const id = index => uuid(Number(workflow.id.slice(-12)) * 10 + index);
  const times = {
    started_at: ran ? new Date(started).toISOString() : null,
    stopped_at: over ? new Date(started + 64_000 * pace).toISOString() : null,
  };
  const summary = {
    id: id(order),
    name,
    type: approval ? 'approval' : 'build',
    status,
    project_slug: workflow.project_slug,
    dependencies: after.map(id),
    ...(number !== undefined && { job_number: number }),
    ...(approval && { approval_request_id: id(order + 5) }),
    ...times,
  };
  const webUrl = `https://app.circleci.com/pipelines/${workflow.project_slug}/${workflow.pipeline_number}/workflows/${workflow.id}/jobs/${number}`;
  const details = {
    name,
    number,
    status,
    web_url: webUrl,
    ...times,
    created_at: workflow.created_at,
    queued_at: workflow.created_at,
    duration: over ? Math.round(64_000 * pace) : null,
    parallelism: 1,
    parallel_runs: [{ index: 0, status }],
    executor: { type: 'docker', resource_class: 'medium' },
    latest_workflow: { id: workflow.id, name: workflow.name },
    pipeline: { id: workflow.pipeline_id },
    project: { slug: workflow.project_slug, name: workflow.project_slug.split('/')[2], external_url: webUrl },
    contexts: [],
    messages: [],
  };
  return { summary, details, build: createBuild({ details, number, status }), output: outputOf(name, status) };
}

/** What v1.1 says of a build; only the steps matter. */
function createBuild({ details, number, status }) {
  const steps = ['Spin up environment', 'Checkout code', 'Restore cache', 'Run', 'Store results'];
  const failed = status === 'failed';
  const shown = failed ? steps.slice(0, 4) : steps;
  return {
    build_num: number,
    status,
    build_url: details.web_url,
    steps: shown.map((name, step) => ({
      name,
      actions: [
        {
          name,
          type: 'test',
          status: failed && step === 3 ? 'failed' : status === 'running' && step === 3 ? 'running' : 'success',
          failed: failed && step === 3 ? true : null,
          exit_code: failed && step === 3 ? 1 : 0,
          index: 0,
          step,
          has_output: true,
          run_time_millis: [3200, 1100, 2400, 51_000, 900][step],
          start_time: details.started_at,
          end_time: details.stopped_at,
          output_url: `https://circleci.com/api/v1.1/project/${details.project.slug}/${number}/output/${step}/0`,
        },
      ],
    })),
  };
}

function outputOf(name, status) {
  const run =
    status === 'failed'
      ? '$ cargo test --workspace\r\n\u001b[32m   Compiling\u001b[0m checkout v1.4.2\r\ntest cart::keeps_items ... ok\r\ntest payment::retries_once ... \u001b[31mFAILED\u001b[0m\r\n\r\nthread payment::retries_once panicked:\r\nexpected one retry, saw 2\r\n\r\ntest result: FAILED. 41 passed; 1 failed\r\n\r\nExited with code exit status 1\r\n'
      : `$ make ${name}\r\n\u001b[32m   Finished\u001b[0m in 48.3 s\r\n`;
  return ['Image: cimg/rust:1.92\r\nReady\r\n', 'Cloning into project\r\n', 'Found a cache from build 4711 at cargo-v3\r\n', run, 'Uploaded 12 files\r\n'];
}
