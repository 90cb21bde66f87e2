import type { FeatureFlag, FeatureFlagsApi, FeatureFlagsSaveOptions, FeatureFlagState } from '@callboard/core-plugin-api';

type States = Readonly<Record<string, boolean | FeatureFlagState>>;

/** Feature flags of a test's own, which need not be registered. */
export class MockFeatureFlagsApi implements FeatureFlagsApi {
  private readonly flags: FeatureFlag[] = [];
  private states: States;

  constructor({ initialFlags = [], initialStates = {} }: { initialFlags?: readonly FeatureFlag[]; initialStates?: States } = {}) {
    this.flags.push(...initialFlags);
    this.states = initialStates;
  }

  registerFlag(flag: FeatureFlag): void {
    if (!this.flags.some(({ name }) => name === flag.name)) {
      this.flags.push(flag);
    }
  }

  getRegisteredFlags(): FeatureFlag[] {
    return [...this.flags];
  }

  isActive(name: string): boolean {
    return Boolean(this.states[name]);
  }

  save({ states, merge = false }: FeatureFlagsSaveOptions): void {
    this.states = merge ? { ...this.states, ...states } : states;
  }
}
