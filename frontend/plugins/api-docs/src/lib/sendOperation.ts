import type { Credential } from './authorisation';
import { object } from './json';
import type { Operation, Parameter } from './openApi';

const MAX_CHARACTERS = 100_000;

/** An operation with what a person filled in. */
export interface FilledOperation {
  operation: Operation;
  /** By `keyOf` of the parameters. */
  values: Readonly<Record<string, string>>;
  body: string;
  /** What says who asks. */
  credentials: readonly Credential[];
}

/** What came of an operation. */
export interface OperationAnswer {
  ok: boolean;
  status: string;
  milliseconds: number;
  body: string;
  /** There is more than what is shown. */
  cut: boolean;
  json: boolean;
  /** Whether the route kept the API's credentials from it: surely where the portal took them for a sign-in to itself. */
  heldBack: 'surely' | 'perhaps' | 'no';
}

/** Tells parameters of one name apart by where they stand. */
export function keyOf(parameter: Parameter): string {
  return `${parameter.in} ${parameter.name}`;
}

/** The path of an operation leads out of the server it is for, to what is the portal's own. */
export class OutsideError extends Error {
  override name = 'OutsideError';
}

/** Sends an operation to a server at `baseUrl`. */
export async function sendOperation(fetch: typeof globalThis.fetch, baseUrl: string, filled: FilledOperation): Promise<OperationAnswer> {
  const { operation, values, body, credentials } = filled;
  const value = (parameter: Parameter) => values[keyOf(parameter)]?.trim() ?? '';
  const given = operation.parameters.filter(parameter => value(parameter) !== '');
  const path = given
    .filter(parameter => parameter.in === 'path')
    .reduce((address, parameter) => address.replaceAll(`{${parameter.name}}`, encodeURIComponent(value(parameter))), operation.path);
  const query = new URLSearchParams(given.filter(one => one.in === 'query').map(one => [one.name, value(one)]));
  const headers = new Headers(given.filter(one => one.in === 'header').map((one): [string, string] => [one.name, value(one)]));
  const hasBody = operation.bodyExample !== undefined && body.trim() !== '';
  if (hasBody) {
    headers.set('content-type', 'application/json');
  }
  for (const credential of credentials) {
    (credential.in === 'query' ? query : headers).set(credential.name, credential.value);
  }
  const address = `${baseUrl}${path}${query.size > 0 ? `?${query}` : ''}`;
  if (!isBelow(address, baseUrl)) {
    throw new OutsideError(path);
  }
  const started = performance.now();
  const response = await fetch(address, {
    method: operation.method,
    headers,
    ...(hasBody && { body }),
  });
  const answer = await response.text();
  const milliseconds = Math.round(performance.now() - started);
  const json = response.headers.get('content-type')?.includes('json') ?? false;
  const parsed = json ? parse(answer) : undefined;
  const shown = parsed === undefined ? answer : JSON.stringify(parsed, undefined, 2);
  return {
    ok: response.ok,
    status: `${response.status} ${response.statusText}`.trim(),
    milliseconds,
    body: shown.slice(0, MAX_CHARACTERS),
    cut: answer.length > MAX_CHARACTERS,
    json,
    heldBack: response.status === 401 && credentials.some(one => one.in === 'header') ? (isOfPortal(parsed) ? 'surely' : 'perhaps') : 'no',
  };
}

/** Browsers resolve the dots of a path, also those that a definition or a value has in it. */
function isBelow(address: string, base: string): boolean {
  const [url, root] = [address, base].map(one => new URL(one, window.location.href));
  return url !== undefined && root !== undefined && url.origin === root.origin && url.pathname.startsWith(`${root.pathname}/`);
}

/** The portal's own words for who is not signed in. */
function isOfPortal(answer: unknown): boolean {
  return object(object(answer).error).name === 'AuthenticationError';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
