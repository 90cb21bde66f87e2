import type { Location } from '@callboard/catalog-model';
import { createApiRef } from '@callboard/core-plugin-api';
import type { AuditEvent, AuditQuery, Endpoint, EndpointSettings, Provider, TestResult, Unit, Usage } from './types';

interface Options {
  signal?: AbortSignal;
}

/** What there is to look after. Calls throw a `ResponseError`; 403 says that the person may not. */
export interface AdminApi {
  listUnits(options?: Options): Promise<Unit[]>;
  listProviders(options?: Options): Promise<Provider[]>;
  listLocations(options?: Options): Promise<Location[]>;
  listAuditEvents(query: AuditQuery, options?: Options): Promise<{ items: AuditEvent[]; nextCursor?: string }>;
  listEndpoints(options?: Options): Promise<Endpoint[]>;
  createEndpoint(settings: EndpointSettings): Promise<Endpoint>;
  /** Refused with 409 when somebody has changed it since it was read. */
  updateEndpoint(endpoint: Endpoint): Promise<Endpoint>;
  deleteEndpoint(id: string): Promise<void>;
  /** Forgets what is cached of an endpoint. */
  purgeEndpoint(id: string): Promise<void>;
  /** Sends a GET through settings that need not be stored. */
  testEndpoint(endpoint: EndpointSettings & { id?: string }, path: string): Promise<TestResult>;
  /** Of one endpoint, or of all where no route is given. */
  getUsage(request: { route?: string; from: Date; to: Date }, options?: Options): Promise<Usage>;
}

export const adminApiRef = createApiRef<AdminApi>({ id: 'plugin.admin.service' });
