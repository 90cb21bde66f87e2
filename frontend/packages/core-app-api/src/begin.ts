/** What can begin before the app is there. It is loaded apart from the app, so it is small and imports nothing that is not. */
import { loadConfig } from './app/config';
import { keepEarlyRead } from './apis/implementations/earlyReads';
import { traceParent } from './apis/implementations/traceParent';
import { beginEarlyEntry } from './signIn/quietEntry';

/** What a page reads first: the form of the page's address, and the path of the request, below the backend's address. */
export interface EarlyRead {
  address: RegExp;
  path(match: RegExpExecArray): string;
}

/**
 * Lets the person in, and asks for what the page at the address reads first, while the app is still on its way. The app
 * takes over both where it would have begun the same.
 */
export function beginEarly(reads: readonly EarlyRead[]): void {
  try {
    const config = loadConfig({});
    const entry = beginEarlyEntry(config);
    const path = reads.flatMap(({ address, path: pathOf }) => {
      const match = address.exec(window.location.pathname);
      return match ? pathOf(match) : [];
    })[0];
    if (entry && path) {
      const url = new URL(`${config.getString('backend.baseUrl')}${path}`, window.location.href).href;
      keepEarlyRead(url, entry.then(async result => {
        const { token } = 'identity' in result ? await result.identity.getCredentials() : {};
        return token ? fetch(url, { headers: { authorization: `Bearer ${token}`, traceparent: traceParent() } }) : undefined;
      }));
    }
  } catch {
    // The app meets the same, and says so.
  }
}
