import { ResponseError } from '@callboard/catalog-client';
import type { Location } from '@callboard/catalog-model';
import type { FetchApi } from '@callboard/core-plugin-api';
import type { AdminApi } from './AdminApi';
import type { AuditEvent, AuditQuery, Endpoint, EndpointSettings, Provider, TestResult, Unit, Usage } from './types';

interface Options {
  signal?: AbortSignal;
}

const ENDPOINTS = 'plugin://proxy-admin/v1/endpoints';

/** Speaks the gateway's REST API. */
export class AdminClient implements AdminApi {
  private readonly fetchApi: FetchApi;

  constructor(options: { fetchApi: FetchApi }) {
    this.fetchApi = options.fetchApi;
  }

  listUnits(options?: Options): Promise<Unit[]> {
    return this.items('plugin://admin/v1/units', options);
  }

  listProviders(options?: Options): Promise<Provider[]> {
    return this.items('plugin://admin/v1/providers', options);
  }

  async listLocations(options?: Options): Promise<Location[]> {
    const locations = await this.json<{ data: Location }[]>('GET', 'plugin://catalog/locations', options);
    return locations.map(({ data }) => data);
  }

  listAuditEvents(query: AuditQuery, options?: Options): Promise<{ items: AuditEvent[]; nextCursor?: string }> {
    return this.json('GET', `plugin://audit/v1/events?${parameters({ ...query })}`, options);
  }

  listEndpoints(options?: Options): Promise<Endpoint[]> {
    return this.items(ENDPOINTS, options);
  }

  createEndpoint(settings: EndpointSettings): Promise<Endpoint> {
    return this.json('POST', ENDPOINTS, { body: settings });
  }

  updateEndpoint(endpoint: Endpoint): Promise<Endpoint> {
    return this.json('PUT', `${ENDPOINTS}/${encodeURIComponent(endpoint.id)}`, { body: endpoint });
  }

  async deleteEndpoint(id: string): Promise<void> {
    await this.send('DELETE', `${ENDPOINTS}/${encodeURIComponent(id)}`);
  }

  async purgeEndpoint(id: string): Promise<void> {
    await this.send('POST', `${ENDPOINTS}/${encodeURIComponent(id)}/purge`);
  }

  testEndpoint(endpoint: EndpointSettings & { id?: string }, path: string): Promise<TestResult> {
    return this.json('POST', `${ENDPOINTS}/test`, { body: { endpoint, path } });
  }

  getUsage({ route, from, to }: { route?: string; from: Date; to: Date }, options?: Options): Promise<Usage> {
    const query = parameters({ route, from: from.toISOString(), to: to.toISOString() });
    return this.json('GET', `plugin://proxy-admin/v1/usage?${query}`, options);
  }

  private async items<T>(url: string, options?: Options): Promise<T[]> {
    return (await this.json<{ items: T[] }>('GET', url, options)).items;
  }

  private async json<T>(method: string, url: string, options?: Options & { body?: unknown }): Promise<T> {
    return (await this.send(method, url, options)).json();
  }

  private async send(method: string, url: string, options: Options & { body?: unknown } = {}): Promise<Response> {
    const response = await this.fetchApi.fetch(url, {
      method,
      signal: options.signal,
      ...(options.body !== undefined && {
        body: JSON.stringify(options.body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    if (!response.ok) {
      throw await ResponseError.fromResponse(response, method);
    }
    return response;
  }
}

function parameters(values: Record<string, string | number | undefined>): URLSearchParams {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== '');
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}
