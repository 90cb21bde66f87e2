import type { ConfigApi, DiscoveryApi, IdentityApi } from '@callboard/core-plugin-api';
import { parseErrorResponseBody } from '@callboard/errors';
import type { FetchMiddleware } from './createFetchApi';
import { takeEarlyRead } from './earlyReads';
import { traceParent } from './traceParent';

type Credentials = Pick<IdentityApi, 'getCredentials'> & {
  /** Drops a token that was refused. */
  forget?(): void;
};

/** What plugins' requests go through. */
export const FetchMiddlewares = {
  /** Finds the addresses of `plugin://<id>/path`. */
  resolvePluginProtocol({ discoveryApi }: { discoveryApi: Pick<DiscoveryApi, 'getBaseUrl'> }): FetchMiddleware {
    return {
      apply: next => async (input, init) => {
        const match = /^plugin:\/\/([^/?#]+)(.*)$/.exec(input instanceof Request ? input.url : String(input));
        if (!match?.[1]) {
          return next(input, init);
        }
        const url = `${await discoveryApi.getBaseUrl(match[1])}${match[2] ?? ''}`;
        return input instanceof Request ? next(new Request(url, input), init) : next(url, init);
      },
    };
  },

  /**
   * Sends the person's token along, to the addresses that are named or allowed and to no others; to the portal's backend
   * where none are. A request that has an authorization keeps it. A token that the portal refuses is replaced once, for it may
   * have been signed with a key since retired; what a third party behind the proxy refuses, another token would not change.
   */
  injectIdentityAuth(options: {
    identityApi: Credentials;
    config?: ConfigApi;
    urlPrefixAllowlist?: readonly string[];
    allowUrl?(url: string): boolean;
  }): FetchMiddleware {
    const { identityApi, allowUrl = belowAny(options.urlPrefixAllowlist ?? backendOf(options.config)) } = options;
    return {
      apply: next => async (input, init) => {
        const request = requestOf(input, init);
        if (request.headers.has('authorization') || !allowUrl(request.url)) {
          return next(request);
        }
        // What has no body can be sent twice as it is, and copies cost time.
        const spare = request.body ? request.clone() : request;
        const response = (await takeEarlyRead(request)) ?? (await next(await signed(request, identityApi)));
        if (!identityApi.forget || !(await isRefusedByPortal(response))) {
          return response;
        }
        identityApi.forget();
        return next(await signed(spare, identityApi));
      },
    };
  },

  /** Begins a trace with each request to the backend, under which the portal's telemetry has all that was done for it. */
  beginTrace({ backendUrl }: { backendUrl: string }): FetchMiddleware {
    const isBackend = belowAny([backendUrl]);
    return {
      apply: next => (input, init) => {
        const request = requestOf(input, init);
        if (isBackend(request.url) && !request.headers.has('traceparent')) {
          request.headers.set('traceparent', traceParent());
        }
        return next(request);
      },
    };
  },

  /** Says to which address a request did not get through, where the browser only says that it did not. */
  clarifyFailures(): FetchMiddleware {
    return {
      apply: next => async (input, init) => {
        try {
          return await next(input, init);
        } catch (error) {
          if (!(error instanceof TypeError && /^(Failed to fetch|Load failed|NetworkError.*|fetch failed)$/i.test(error.message))) {
            throw error;
          }
          const request = input instanceof Request ? input : { method: init?.method ?? 'GET', url: String(input) };
          throw new TypeError(`Failed to fetch: ${request.method} ${request.url}`, { cause: error });
        }
      },
    };
  },
};

function requestOf(input: RequestInfo | URL, init: RequestInit | undefined): Request {
  return input instanceof Request && !init ? input : new Request(input, init);
}

async function signed(request: Request, identityApi: Credentials): Promise<Request> {
  const { token } = await identityApi.getCredentials();
  if (token) {
    request.headers.set('authorization', `Bearer ${token}`);
  }
  return request;
}

async function isRefusedByPortal(response: Response): Promise<boolean> {
  return response.status === 401 && (await parseErrorResponseBody(response.clone())).error.name === 'AuthenticationError';
}

function backendOf(config: ConfigApi | undefined): string[] {
  const url = config?.getOptionalString('backend.baseUrl');
  return url === undefined ? [] : [url];
}

/** Whether an address is one of some, or lies below it. */
function belowAny(prefixes: readonly string[]): (url: string) => boolean {
  const bases = prefixes.map(prefix => new URL(prefix, window.location.href));
  return url => {
    const { origin, pathname } = new URL(url, window.location.href);
    return bases.some(base => {
      const path = base.pathname.replace(/\/$/, '');
      return origin === base.origin && (pathname === path || pathname.startsWith(`${path}/`));
    });
  };
}
