import { createApiRef } from '../ApiRef';

/** Finds the base URL of a plugin's backend. */
export interface DiscoveryApi {
  getBaseUrl(pluginId: string): Promise<string>;
}

export const discoveryApiRef = createApiRef<DiscoveryApi>({ id: 'core.discovery' });
