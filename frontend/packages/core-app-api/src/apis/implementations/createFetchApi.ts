import type { DiscoveryApi, FetchApi, IdentityApi } from '@callboard/core-plugin-api';

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
      const spare = request.clone();
      const response = await send(request);
      if (response.status !== 401 || !isBackend(request.url) || !identityApi.forget) {
        return response;
      }
      identityApi.forget();
      return send(spare);
    },
  };
}

/** A W3C trace context with identifiers of its own: version, trace, parent, and that it is worth recording. */
function traceParent(): string {
  const hex = (bytes: number) =>
    Array.from(crypto.getRandomValues(new Uint8Array(bytes)), byte => byte.toString(16).padStart(2, '0')).join('');
  return `00-${hex(16)}-${hex(8)}-01`;
}

async function resolve(input: RequestInfo | URL, discoveryApi: DiscoveryApi): Promise<RequestInfo | URL> {
  const match = /^plugin:\/\/([^/?#]+)(.*)$/.exec(input instanceof Request ? input.url : String(input));
  if (!match?.[1]) {
    return input;
  }
  const url = `${await discoveryApi.getBaseUrl(match[1])}${match[2] ?? ''}`;
  return input instanceof Request ? new Request(url, input) : url;
}
