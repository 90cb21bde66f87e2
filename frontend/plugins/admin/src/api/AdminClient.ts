import { JsonRequester } from '@callboard/catalog-client';
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
  private readonly requests: JsonRequester;

  constructor(options: { fetchApi: FetchApi }) {
    this.requests = new JsonRequester(options.fetchApi);
  }

  listUnits(options?: Options): Promise<Unit[]> {
    return this.items('plugin://admin/v1/units', options);
  }

  listProviders(options?: Options): Promise<Provider[]> {
    return this.items('plugin://admin/v1/providers', options);
  }

  async listLocations(options?: Options): Promise<Location[]> {
    const locations = await this.requests.json<{ data: Location }[]>('GET', 'plugin://catalog/locations', options);
    return locations.map(({ data }) => data);
  }

  listAuditEvents(query: AuditQuery, options?: Options): Promise<{ items: AuditEvent[]; nextCursor?: string }> {
    return this.requests.json('GET', `plugin://audit/v1/events?${parameters({ ...query })}`, options);
  }

  listEndpoints(options?: Options): Promise<Endpoint[]> {
    return this.items(ENDPOINTS, options);
  }

  createEndpoint(settings: EndpointSettings): Promise<Endpoint> {
    return this.requests.json('POST', ENDPOINTS, { body: settings });
  }

  updateEndpoint(endpoint: Endpoint): Promise<Endpoint> {
    return this.requests.json('PUT', `${ENDPOINTS}/${encodeURIComponent(endpoint.id)}`, { body: endpoint });
  }

  async deleteEndpoint(id: string): Promise<void> {
    await this.requests.send('DELETE', `${ENDPOINTS}/${encodeURIComponent(id)}`);
  }

  async purgeEndpoint(id: string): Promise<void> {
    await this.requests.send('POST', `${ENDPOINTS}/${encodeURIComponent(id)}/purge`);
  }

  testEndpoint(endpoint: EndpointSettings & { id?: string }, path: string): Promise<TestResult> {
    return this.requests.json('POST', `${ENDPOINTS}/test`, { body: { endpoint, path } });
  }

  getUsage({ route, from, to }: { route?: string; from: Date; to: Date }, options?: Options): Promise<Usage> {
    const query = parameters({ route, from: from.toISOString(), to: to.toISOString() });
    return this.requests.json('GET', `plugin://proxy-admin/v1/usage?${query}`, options);
  }

  private async items<T>(url: string, options?: Options): Promise<T[]> {
    return (await this.requests.json<{ items: T[] }>('GET', url, options)).items;
  }
}

/** What is said of them; a list is said as often as it has members. */
function parameters(values: Record<string, string | number | readonly string[] | undefined>): URLSearchParams {
  const given = Object.entries(values).flatMap(([name, value]) => [value ?? []].flat().map(one => [name, String(one)]));
  return new URLSearchParams(given.filter(([, value]) => value !== ''));
}
