import type { DiscoveryApi, FetchApi, TranslationApi } from '@callboard/core-plugin-api';
import type { CircleCIApi } from './CircleCIApi';
import { CircleCIError } from './CircleCIError';
import type { Job, JobDetails, Page, Pipeline, StepAction, Workflow } from './types';

/** A workflow of more jobs than this is cut; so is a log of more characters. */
const MAX_PAGES = 10;
const MAX_LOG_CHARACTERS = 2_000_000;
/** Where CircleCI's own API is; what it says lies there is reached through the proxy as well. */
const OWN_API = 'https://circleci.com/api';

interface Options {
  signal?: AbortSignal;
}

/** Speaks CircleCI's API through the portal's proxy, which adds the token. */
export class CircleCIClient implements CircleCIApi {
  private readonly discoveryApi: DiscoveryApi;
  private readonly fetchApi: FetchApi;
  private readonly translationApi: TranslationApi;
  private readonly proxyPath: string;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi; translationApi: TranslationApi; proxyPath: string }) {
    this.translationApi = options.translationApi;
    this.discoveryApi = options.discoveryApi;
    this.fetchApi = options.fetchApi;
    this.proxyPath = options.proxyPath;
  }

  async getPipelines(slug: string, request: { branch?: string; pageToken?: string }, options?: Options): Promise<Page<Pipeline>> {
    const query = new URLSearchParams();
    if (request.branch) {
      query.set('branch', request.branch);
    }
    if (request.pageToken) {
      query.set('page-token', request.pageToken);
    }
    return this.json('GET', `/v2/project/${slug}/pipeline${query.size > 0 ? `?${query}` : ''}`, options);
  }

  async getWorkflows(pipelineId: string, options?: Options): Promise<Workflow[]> {
    return this.all(`/v2/pipeline/${encodeURIComponent(pipelineId)}/workflow`, options);
  }

  async getJobs(workflowId: string, options?: Options): Promise<Job[]> {
    return this.all(`/v2/workflow/${encodeURIComponent(workflowId)}/job`, options);
  }

  async getJob(slug: string, number: number, options?: Options): Promise<JobDetails> {
    return this.json('GET', `/v2/project/${slug}/job/${number}`, options);
  }

  async getSteps(slug: string, number: number, options?: Options): Promise<StepAction[]> {
    const build = await this.json<{ steps: { actions: StepAction[] }[] }>('GET', `/v1.1/project/${slug}/${number}`, options);
    return build.steps.flatMap(({ actions }) => actions);
  }

  async getOutput(url: string, options?: Options): Promise<string> {
    const own = url.startsWith(`${OWN_API}/`);
    const lines = own
      ? await this.json<{ message: string }[]>('GET', url.slice(OWN_API.length), options)
      : await this.foreign(url, options);
    return lines
      .map(({ message }) => message)
      .join('')
      .slice(0, MAX_LOG_CHARACTERS);
  }

  async rerunWorkflow(workflowId: string, { fromFailed }: { fromFailed: boolean }): Promise<void> {
    await this.json('POST', `/v2/workflow/${encodeURIComponent(workflowId)}/rerun`, { body: { from_failed: fromFailed } });
  }

  async cancelWorkflow(workflowId: string): Promise<void> {
    await this.json('POST', `/v2/workflow/${encodeURIComponent(workflowId)}/cancel`, { body: {} });
  }

  async approveJob(workflowId: string, approvalRequestId: string): Promise<void> {
    const path = `/v2/workflow/${encodeURIComponent(workflowId)}/approve/${encodeURIComponent(approvalRequestId)}`;
    await this.json('POST', path, { body: {} });
  }

  private async all<T>(path: string, options?: Options): Promise<T[]> {
    const items: T[] = [];
    let token: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const query = token ? `?page-token=${encodeURIComponent(token)}` : '';
      const answer: Page<T> = await this.json('GET', `${path}${query}`, options);
      items.push(...answer.items);
      token = answer.next_page_token;
      if (!token) {
        break;
      }
    }
    return items;
  }

  /** Where logs are stored the address itself is the permission; the portal's token must not go there. */
  private async foreign(url: string, options?: Options): Promise<{ message: string }[]> {
    const response = await fetch(url, { signal: options?.signal, credentials: 'omit' });
    if (!response.ok) {
      throw await this.refusal(response, 'GET', new URL(url).pathname);
    }
    return response.json();
  }

  private async json<T>(method: 'GET' | 'POST', path: string, options: Options & { body?: unknown } = {}): Promise<T> {
    const base = await this.discoveryApi.getBaseUrl('proxy');
    const response = await this.fetchApi.fetch(`${base}${this.proxyPath}${path}`, {
      method,
      signal: options.signal,
      headers: { accept: 'application/json', ...(options.body !== undefined && { 'content-type': 'application/json' }) },
      ...(options.body !== undefined && { body: JSON.stringify(options.body) }),
    });
    if (!response.ok) {
      throw await this.refusal(response, method, path);
    }
    return response.json();
  }

  private async refusal(response: Response, method: string, path: string): Promise<CircleCIError> {
    const { circleciTranslationRef } = await import('../translation');
    return CircleCIError.fromResponse(response, method, path, this.translationApi.getMessages(circleciTranslationRef));
  }
}
