import type { DiscoveryApi, FetchApi, IdentityApi } from '@callboard/core-plugin-api';
import { takeEarlyRead } from './earlyReads';
import { traceParent } from './traceParent';

/**
 * A `fetch` for plugins: resolves `plugin://<id>/path`, and sends the person's token along, to the backend's own
 * origin only. A token the backend refuses is replaced once, for it may have been signed with a key since retired.
 * Each request begins a trace, under which the portal's telemetry has all that was done for it.
 */
export function createFetchApi(options: {
  discoveryApi: DiscoveryApi;
  identityApi: Pick<IdentityApi, 'getCredentials'> & { forget?(): void };
  backendUrl: string;
}): FetchApi {
  const { discoveryApi, identityApi } = options;
  const backend = new URL(options.backendUrl, window.location.href);
  const basePath = backend.pathname.replace(/\/$/, '');

  const isBackend = (url: string) => {
    const { origin, pathname } = new URL(url, window.location.href);
    return origin === backend.origin && (pathname === basePath || pathname.startsWith(`${basePath}/`));
  };

  const send = async (request: Request) => {
    if (!isBackend(request.url)) {
      return fetch(request);
    }
    if (!request.headers.has('traceparent')) {
      request.headers.set('traceparent', traceParent());
    }
    if (request.headers.has('authorization')) {
      return fetch(request);
    }
    const { token } = await identityApi.getCredentials();
    if (token) {
      request.headers.set('authorization', `Bearer ${token}`);
    }
    return fetch(request);
  };

  return {
    async fetch(input, init) {
      const request = new Request(await resolve(input, discoveryApi), init);
      // What has no body can be sent twice as it is, and copies cost time.
      const spare = request.body ? request.clone() : request;
      const response = (await takeEarlyRead(request)) ?? (await send(request));
      if (response.status !== 401 || !isBackend(request.url) || !identityApi.forget) {
        return response;
      }
      identityApi.forget();
      return send(spare);
    },
  };
}

async function resolve(input: RequestInfo | URL, discoveryApi: DiscoveryApi): Promise<RequestInfo | URL> {
  const match = /^plugin:\/\/([^/?#]+)(.*)$/.exec(input instanceof Request ? input.url : String(input));
  if (!match?.[1]) {
    return input;
  }
  const url = `${await discoveryApi.getBaseUrl(match[1])}${match[2] ?? ''}`;
  return input instanceof Request ? new Request(url, input) : url;
}
