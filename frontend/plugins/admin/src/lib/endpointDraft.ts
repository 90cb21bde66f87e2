import type { CacheScope, Credentials, Endpoint, EndpointHeader, EndpointLimits, EndpointSettings } from '../api/types';

/** Methods that endpoints may be restricted to. */
export const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** Limits as they are typed. */
export const LIMITS = [
  'connectTimeout',
  'responseTimeout',
  'idleTimeout',
  'maxConcurrency',
  'maxRequestBytes',
  'requestsPerMinutePerUser',
  'retries',
] as const satisfies readonly (keyof EndpointLimits)[];
export type LimitName = (typeof LIMITS)[number];

const DURATIONS: readonly LimitName[] = ['connectTimeout', 'responseTimeout', 'idleTimeout'];

/** An endpoint while it is being written. */
export interface EndpointDraft {
  route: string;
  target: string;
  description: string;
  credentials: Credentials;
  cache: CacheScope;
  /** None stands for all. */
  allowedMethods: readonly string[];
  /** Names, by commas. */
  allowedHeaders: string;
  headers: readonly Required<EndpointHeader>[];
  pathRewrite: readonly { pattern: string; replacement: string }[];
  changeOrigin: boolean;
  secure: boolean;
  disabled: boolean;
  limits: Record<LimitName, string>;
}

/** What is wrong with a draft, by the field it is wrong in. */
export type DraftProblems = Partial<Record<'route' | 'target' | 'headers' | 'pathRewrite' | LimitName, true>>;

/** A draft of an endpoint that is there, or of a new one. */
export function draftOf(endpoint?: Endpoint): EndpointDraft {
  const limits = endpoint?.limits ?? {};
  return {
    route: endpoint?.route ?? '',
    target: endpoint?.target ?? '',
    description: endpoint?.description ?? '',
    credentials: endpoint?.credentials ?? 'require',
    cache: endpoint?.cache ?? 'none',
    allowedMethods: endpoint?.allowedMethods ?? [],
    allowedHeaders: endpoint?.allowedHeaders.join(', ') ?? '',
    headers: endpoint?.headers.map(({ name, value = '', secret }) => ({ name, value, secret })) ?? [],
    pathRewrite: endpoint?.pathRewrite ?? [],
    changeOrigin: endpoint?.changeOrigin ?? true,
    secure: endpoint?.secure ?? true,
    disabled: endpoint?.disabled ?? false,
    limits: Object.fromEntries(LIMITS.map(name => [name, limitText(name, limits[name])])) as Record<LimitName, string>,
  };
}

/** The endpoint that a draft describes. Rows without anything in them are left out. */
export function settingsOf(draft: EndpointDraft): EndpointSettings {
  const { route, target, description, credentials, cache, changeOrigin, secure, disabled } = draft;
  const limits = Object.fromEntries(
    LIMITS.flatMap(name => {
      const text = draft.limits[name].trim();
      return text === '' ? [] : [[name, DURATIONS.includes(name) ? durationText(text) : Number(text)]];
    }),
  );
  return {
    route: `/${route.trim().replace(/^\/+|\/+$/g, '')}`,
    target: target.trim(),
    description: description.trim(),
    credentials,
    cache,
    changeOrigin,
    secure,
    disabled,
    allowedMethods: [...draft.allowedMethods],
    allowedHeaders: draft.allowedHeaders.split(/[\s,]+/).filter(Boolean),
    headers: draft.headers.filter(({ name }) => name.trim() !== '').map(header => ({ ...header, name: header.name.trim() })),
    pathRewrite: draft.pathRewrite.filter(({ pattern }) => pattern !== ''),
    limits,
  };
}

/** Finds what can be seen to be wrong before it is sent. */
export function problemsOf(draft: EndpointDraft): DraftProblems {
  const problems: DraftProblems = {};
  if (!/^\/?[^\s/?#]+(\/[^\s/?#]+)*\/?$/.test(draft.route.trim())) {
    problems.route = true;
  }
  if (!isHttpUrl(draft.target.trim())) {
    problems.target = true;
  }
  if (draft.headers.some(({ name, value }) => (name.trim() === '' ? value !== '' : !/^[\w!#$%&'*+.^`|~-]+$/.test(name.trim())))) {
    problems.headers = true;
  }
  if (draft.pathRewrite.some(({ pattern, replacement }) => pattern === '' && replacement !== '')) {
    problems.pathRewrite = true;
  }
  for (const name of LIMITS) {
    const text = draft.limits[name].trim();
    if (text !== '' && !(DURATIONS.includes(name) ? /^\d+(\.\d+)?\s*(ms|s|m|h)?$/ : /^\d+$/).test(text)) {
      problems[name] = true;
    }
  }
  return problems;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** A number alone is seconds. */
function durationText(text: string): string {
  return /[a-z]$/.test(text) ? text.replace(/\s+/, '') : `${text}s`;
}

/** Zero says of most numbers that nothing is said of them; no further try is a choice. */
function limitText(name: LimitName, value: string | number | undefined): string {
  return value === undefined || (value === 0 && name !== 'retries') ? '' : String(value);
}
