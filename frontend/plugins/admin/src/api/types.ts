/** How one replica of a unit is: `ejected` is up, but is not sent anything because of what it answered. */
export type ReplicaStatus = 'ok' | 'down' | 'ejected';

/** One process of a unit, as the gateway sees it. */
export interface Replica {
  address: string;
  status: ReplicaStatus;
  version?: string;
  startedAt?: string;
  /** Why it is not `ok`. */
  detail?: string;
  /** How long it took to answer, in milliseconds. */
  latencyMs?: number;
}

/** A service and its replicas. It is `degraded` while some of them are not `ok`. */
export interface Unit {
  name: string;
  status: 'ok' | 'degraded' | 'down';
  replicas: Replica[];
}

/** What finds entities for the catalog. */
export interface Provider {
  name: string;
  kind?: string;
  /** `frequency` is a duration of ISO 8601, such as `PT30M`; null for one that is told by others when to run. */
  schedule: { frequency: string | null };
  lastStartedAt?: string;
  lastFinishedAt?: string;
  lastSucceededAt?: string;
  nextRunAt?: string;
  lastError?: string;
  entityCount?: number;
}

/** A change that was made or tried. */
export interface AuditEvent {
  id: string;
  at: string;
  requestId: string;
  /** An entity reference, `service:<subject>`, or `anonymous`. */
  actor: string;
  action: string;
  resource?: string;
  method: string;
  path: string;
  status: number;
  outcome: 'succeeded' | 'failed' | 'refused' | 'unknown';
  address?: string;
  userAgent?: string;
}

/** Which changes are asked for. */
export interface AuditQuery {
  actor?: string;
  /** An action, or the beginning of one. */
  action?: string;
  /** What is left out: actions, or beginnings of them. */
  notAction?: readonly string[];
  since?: string;
  cursor?: string;
  limit?: number;
}

export type Credentials = 'require' | 'forward' | 'cookie' | 'dangerously-allow-unauthenticated';
export type CacheScope = 'none' | 'per-user' | 'shared';

/** What an endpoint allows itself. Durations are texts such as `30s`; 0 is no limit. */
export interface EndpointLimits {
  connectTimeout?: string;
  responseTimeout?: string;
  idleTimeout?: string;
  maxConcurrency?: number;
  maxRequestBytes?: number;
  requestsPerMinutePerUser?: number;
  retries?: number;
}

/** A header that is added to each request. The value of a secret one is never given out. */
export interface EndpointHeader {
  name: string;
  value?: string;
  secret: boolean;
}

/** What of an endpoint can be said. */
export interface EndpointSettings {
  route: string;
  target: string;
  description: string;
  changeOrigin?: boolean;
  secure?: boolean;
  credentials?: Credentials;
  pathRewrite: { pattern: string; replacement: string }[];
  headers: EndpointHeader[];
  allowedMethods: string[];
  allowedHeaders: string[];
  limits: EndpointLimits;
  cache?: CacheScope;
  disabled: boolean;
}

/** A way out to a third-party service. */
export interface Endpoint extends EndpointSettings {
  /** A UUID; for one of the configuration its route. */
  id: string;
  /** Those of the configuration cannot be changed here. */
  origin?: 'CONFIGURATION' | 'API';
  /** Changes with every change; an update names the one it read. */
  revision: number;
  timeUpdated?: string;
  updatedBy?: string;
  circuit?: 'CLOSED' | 'OPEN' | 'HALF_OPEN';
}

/** What went through an endpoint in one stretch of time. */
export interface UsageBucket {
  route: string;
  time: string;
  requests: number;
  clientErrors: number;
  serverErrors: number;
  cacheHits: number;
  requestBytes: number;
  responseBytes: number;
  latencyP50Ms: number;
  latencyP90Ms: number;
  latencyP99Ms: number;
}

/** Buckets by route, then time. Stretches without a request have none. */
export interface Usage {
  /** The length of a bucket, such as `60s`. */
  resolution: string;
  buckets: UsageBucket[];
}

/** What came of a test request. */
export interface TestResult {
  /** Absent when there was no answer. */
  status?: number;
  durationMs: number;
  /** Why there was no answer. */
  error?: string;
  /** The addresses that the target's name resolves to. */
  addresses: string[];
}
