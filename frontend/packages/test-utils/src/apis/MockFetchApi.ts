import { createFetchApi, FetchMiddlewares, type FetchMiddleware } from '@callboard/core-app-api';
import type { DiscoveryApi, FetchApi, IdentityApi } from '@callboard/core-plugin-api';

export interface MockFetchApiOptions {
  /** What answers requests: the environment's `fetch` by itself; `none` answers all with nothing. */
  baseImplementation?: 'none' | typeof fetch;
  /** Finds the addresses of `plugin://<id>/path`. */
  resolvePluginProtocol?: { discoveryApi: Pick<DiscoveryApi, 'getBaseUrl'> };
  /** Sends a token along, to every address. */
  injectIdentityAuth?: { token: string } | { identityApi: Pick<IdentityApi, 'getCredentials'> };
}

/** A `fetch` made of the parts of the portal's that a test asks for. */
export class MockFetchApi implements FetchApi {
  readonly fetch: typeof fetch;

  constructor({ baseImplementation, resolvePluginProtocol, injectIdentityAuth }: MockFetchApiOptions = {}) {
    const middleware: FetchMiddleware[] = [];
    if (resolvePluginProtocol) {
      middleware.push(FetchMiddlewares.resolvePluginProtocol(resolvePluginProtocol));
    }
    if (injectIdentityAuth) {
      const identityApi = 'identityApi' in injectIdentityAuth ? injectIdentityAuth.identityApi : { getCredentials: async () => injectIdentityAuth };
      middleware.push(FetchMiddlewares.injectIdentityAuth({ identityApi, allowUrl: () => true }));
    }
    this.fetch = createFetchApi({
      baseImplementation: baseImplementation === 'none' ? async () => new Response() : baseImplementation,
      middleware,
    }).fetch;
  }
}
