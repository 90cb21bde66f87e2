import { createApiRef } from '../ApiRef';

/** A switch that a plugin or the app registers. */
export interface FeatureFlag {
  name: string;
  /** Empty for flags of the app itself. */
  pluginId: string;
  description?: string;
}

/** Knows which flags exist and which are on. */
export interface FeatureFlagsApi {
  registerFlag(flag: FeatureFlag): void;
  getRegisteredFlags(): FeatureFlag[];
  isActive(name: string): boolean;
  save(options: { states: Record<string, boolean>; merge?: boolean }): void;
}

export const featureFlagsApiRef = createApiRef<FeatureFlagsApi>({ id: 'core.featureflags' });
