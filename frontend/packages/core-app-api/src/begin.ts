/** What can begin before the app is there. It is loaded apart from the app, so it is small and imports nothing that is not. */
import { loadConfig } from './app/config';
import { keepEarlyRead } from './apis/implementations/earlyReads';
import { traceParent } from './apis/implementations/traceParent';
import { beginEarlyEntry } from './signIn/quietEntry';

/** What a page reads first: the form of the page's address, and the request, whose path is below the backend's address. */
export interface EarlyRead {
  address: RegExp;
  request(match: RegExpExecArray): EarlyRequest;
}

/** With a body it is a POST of JSON. */
export interface EarlyRequest {
  path: string;
  body?: unknown;
}

/**
 * Lets the person in, and asks for what the page at the address reads first, while the app is still on its way. The app
 * takes over both where it would have begun the same.
 */
export function beginEarly(reads: readonly EarlyRead[]): void {
  try {
    const config = loadConfig({});
    const entry = beginEarlyEntry(config);
    const first = reads.flatMap(({ address, request }) => {
      const match = address.exec(window.location.pathname);
      return match ? request(match) : [];
    })[0];
    if (entry && first) {
      const url = new URL(`${config.getString('backend.baseUrl')}${first.path}`, window.location.href).href;
      const body = first.body === undefined ? undefined : JSON.stringify(first.body);
      keepEarlyRead({ url, body }, entry.then(async result => {
        const { token } = 'identity' in result ? await result.identity.getCredentials() : {};
        const headers = { authorization: `Bearer ${token}`, traceparent: traceParent() };
        const sent = body === undefined ? { headers } : { method: 'POST', body, headers: { ...headers, 'content-type': 'application/json' } };
        return token ? fetch(url, sent) : undefined;
      }));
    }
  } catch {
    // The app meets the same, and says so.
  }
}
