import type { FeatureFlag, FeatureFlagsApi, FeatureFlagsSaveOptions } from '@callboard/core-plugin-api';

const STORAGE_KEY = 'featureFlags';

/** Keeps the state of feature flags in the browser. */
export class LocalStorageFeatureFlags implements FeatureFlagsApi {
  private readonly flags: FeatureFlag[] = [];
  private states: Record<string, number> | undefined;

  registerFlag(flag: FeatureFlag): void {
    if (!/^[a-z]+[a-z0-9-]+$/.test(flag.name) || flag.name.length < 3 || flag.name.length > 150) {
      throw new Error(
        `The '${flag.name}' feature flag must be 3 to 150 lower-case letters, digits and dashes, and start with a letter`,
      );
    }
    const other = this.flags.find(({ name }) => name === flag.name);
    if (other && other.pluginId !== flag.pluginId) {
      throw new Error(`The '${flag.name}' feature flag is registered by both '${other.pluginId}' and '${flag.pluginId}'`);
    }
    if (!other) {
      this.flags.push(flag);
    }
  }

  getRegisteredFlags(): FeatureFlag[] {
    return [...this.flags];
  }

  isActive(name: string): boolean {
    this.states ??= read();
    return this.states[name] === 1;
  }

  save({ states, merge = false }: FeatureFlagsSaveOptions): void {
    const kept = merge ? (this.states ?? read()) : {};
    this.states = { ...kept, ...Object.fromEntries(Object.entries(states).map(([name, on]) => [name, on ? 1 : 0])) };
    localStorage.setItem(STORAGE_KEY, JSON.stringify(this.states));
  }
}

function read(): Record<string, number> {
  try {
    return (JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '{}') as Record<string, number> | null) ?? {};
  } catch {
    return {};
  }
}
