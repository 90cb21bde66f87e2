import { list, object, resolve, text, type Json } from './json';

/** A way in which an API learns who asks. */
export type SecurityScheme = { name: string; description: string } & Way;

type Way =
  | { type: 'bearer' | 'basic' }
  | { type: 'apiKey'; in: 'header' | 'query' | 'cookie'; parameter: string }
  | { type: 'oauth2'; flows: OAuthFlow[] }
  | { type: 'unsupported'; called: string };

/** How a token is got. */
export interface OAuthFlow {
  kind: 'authorizationCode' | 'implicit' | 'password' | 'clientCredentials';
  authorizationUrl: string;
  tokenUrl: string;
  /** Where OpenID Connect says the two addresses. */
  discoveryUrl: string;
  /** What may be asked for, with what it means. */
  scopes: Record<string, string>;
}

/** Schemes that are needed together, each with the scopes that its token must have. */
export type Requirement = Record<string, string[]>;

const FLOWS: Readonly<Record<string, OAuthFlow['kind']>> = {
  authorizationCode: 'authorizationCode',
  implicit: 'implicit',
  password: 'password',
  clientCredentials: 'clientCredentials',
  // What Swagger 2 calls them.
  accessCode: 'authorizationCode',
  application: 'clientCredentials',
};

/** The `securitySchemes` of OpenAPI 3, or the `securityDefinitions` of Swagger 2. Addresses may be relative to `server`. */
export function readSecuritySchemes(root: Json, server: string | undefined): SecurityScheme[] {
  const at = (address: unknown) => (/^\//.test(text(address)) && URL.canParse(text(address), server) ? new URL(text(address), server).href : text(address));
  const declared = root.swagger ? root.securityDefinitions : object(root.components).securitySchemes;
  return Object.entries(object(declared)).map(([name, value]) => {
    const scheme = resolve(root, value);
    return { name, description: text(scheme.description), ...readWay(scheme, at) };
  });
}

/** What an operation, or a document for all of them, says under `security`. */
export function readRequirements(security: unknown): Requirement[] {
  return list(security).map(one => Object.fromEntries(Object.entries(object(one)).map(([name, scopes]) => [name, list(scopes).map(text)])));
}

type Address = (address: unknown) => string;

function readWay(scheme: Json, at: Address): Way {
  const type = text(scheme.type);
  const http = type === 'http' ? text(scheme.scheme).toLowerCase() : type;
  if (http === 'bearer' || http === 'basic') {
    return { type: http };
  }
  if (type === 'apiKey' && (scheme.in === 'header' || scheme.in === 'query' || scheme.in === 'cookie')) {
    return { type, in: scheme.in, parameter: text(scheme.name) };
  }
  if (type === 'openIdConnect') {
    return { type: 'oauth2', flows: [{ ...readFlow('authorizationCode', {}, at), discoveryUrl: at(scheme.openIdConnectUrl) }] };
  }
  if (type === 'oauth2') {
    return { type, flows: readFlows(scheme, at) };
  }
  return { type: 'unsupported', called: http || type };
}

function readFlows(scheme: Json, at: Address): OAuthFlow[] {
  const declared = scheme.flow === undefined ? Object.entries(object(scheme.flows)) : [[text(scheme.flow), scheme] as const];
  const flows = declared.flatMap(([name, flow]) => (FLOWS[name] ? [readFlow(FLOWS[name], object(flow), at)] : []));
  // A token in an address is seen by too many to be asked for where there is another way.
  const hasCode = flows.some(({ kind }) => kind === 'authorizationCode');
  return flows.filter(({ kind }) => kind !== 'implicit' || !hasCode);
}

function readFlow(kind: OAuthFlow['kind'], flow: Json, at: Address): OAuthFlow {
  return {
    kind,
    authorizationUrl: at(flow.authorizationUrl),
    tokenUrl: at(flow.tokenUrl),
    discoveryUrl: '',
    scopes: Object.fromEntries(Object.entries(object(flow.scopes)).map(([name, meaning]) => [name, text(meaning)])),
  };
}
