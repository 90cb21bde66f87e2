import type { ConfigApi } from '@callboard/core-plugin-api';

/** The route of the proxy endpoint that leads to `https://circleci.com/api`: `circleci.proxyPath`, or the one that upstream's plugin uses. */
export function proxyPathOf(config: ConfigApi): string {
  return config.getOptionalString('circleci.proxyPath') ?? '/circleci/api';
}

/** Whether the configuration has that endpoint. One that was made at run time is known by asking it only. */
export function hasEndpoint(config: ConfigApi): boolean {
  return config.getOptionalConfig('proxy.endpoints')?.keys().includes(proxyPathOf(config)) ?? false;
}
