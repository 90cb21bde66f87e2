import { createApiRef } from '../ApiRef';

/** A switch that a plugin or the app registers. */
export interface FeatureFlag {
  name: string;
  /** Empty for flags of the app itself. */
  pluginId: string;
  description?: string;
}

/** Whether a flag is on, as flags are stored. */
export const FeatureFlagState = { None: 0, Active: 1 } as const;
export type FeatureFlagState = (typeof FeatureFlagState)[keyof typeof FeatureFlagState];

/** States by the names of their flags. */
export interface FeatureFlagsSaveOptions {
  states: Readonly<Record<string, boolean | FeatureFlagState>>;
  /** Leaves flags that are not named as they are; without, they are off. */
  merge?: boolean;
}

/** Knows which flags exist and which are on. */
export interface FeatureFlagsApi {
  registerFlag(flag: FeatureFlag): void;
  getRegisteredFlags(): FeatureFlag[];
  isActive(name: string): boolean;
  save(options: FeatureFlagsSaveOptions): void;
}

export const featureFlagsApiRef = createApiRef<FeatureFlagsApi>({ id: 'core.featureflags' });
