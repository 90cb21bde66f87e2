import type { ConfigApi } from '@callboard/core-plugin-api';
import type { JsonObject, JsonValue } from '@callboard/types';

/** One source of configuration, later ones win. */
export interface AppConfig {
  context: string;
  data: JsonObject;
}

/** Reads merged configuration and names the path of whatever is missing or of the wrong type. */
export class ConfigReader implements ConfigApi {
  constructor(
    private readonly data: JsonObject,
    private readonly prefix = '',
    /** Where the data comes from, for errors to name; whole, whatever part of it this reads. */
    private readonly sources: readonly AppConfig[] = [],
  ) {}

  static fromConfigs(configs: readonly AppConfig[]): ConfigReader {
    return new ConfigReader(configs.reduce<JsonObject>((merged, { data }) => merge(merged, data), {}), '', configs);
  }

  has(key: string): boolean {
    return this.find(key) !== undefined;
  }

  keys(): string[] {
    return Object.keys(this.data);
  }

  get<T = JsonValue>(key?: string): T {
    return this.required(key ?? '', this.getOptional<T>(key));
  }

  getOptional<T = JsonValue>(key?: string): T | undefined {
    return (key === undefined ? this.data : this.find(key)) as T | undefined;
  }

  getConfig(key: string): ConfigApi {
    return this.required(key, this.getOptionalConfig(key));
  }

  getOptionalConfig(key: string): ConfigApi | undefined {
    const value = this.typed(key, 'object', isObject);
    return value && new ConfigReader(value, this.path(key), this.sources);
  }

  getConfigArray(key: string): ConfigApi[] {
    return this.required(key, this.getOptionalConfigArray(key));
  }

  getOptionalConfigArray(key: string): ConfigApi[] | undefined {
    const items = this.typed(key, 'object-array', (value): value is JsonObject[] => Array.isArray(value) && value.every(isObject));
    return items?.map((item, index) => new ConfigReader(item, `${this.path(key)}[${index}]`, this.sources));
  }

  getString(key: string): string {
    return this.required(key, this.getOptionalString(key));
  }

  getOptionalString(key: string): string | undefined {
    return this.typed(key, 'string', (value): value is string => typeof value === 'string' && value !== '');
  }

  getNumber(key: string): number {
    return this.required(key, this.getOptionalNumber(key));
  }

  getOptionalNumber(key: string): number | undefined {
    return this.typed(key, 'number', value => typeof value === 'number');
  }

  getBoolean(key: string): boolean {
    return this.required(key, this.getOptionalBoolean(key));
  }

  getOptionalBoolean(key: string): boolean | undefined {
    return this.typed(key, 'boolean', value => typeof value === 'boolean');
  }

  getStringArray(key: string): string[] {
    return this.required(key, this.getOptionalStringArray(key));
  }

  getOptionalStringArray(key: string): string[] | undefined {
    return this.typed(
      key,
      'string-array',
      (value): value is string[] => Array.isArray(value) && value.every(item => typeof item === 'string'),
    );
  }

  private typed<T extends JsonValue>(key: string, type: string, matches: (value: JsonValue) => value is T): T | undefined {
    const value = this.find(key);
    if (value === undefined || value === null) {
      return undefined;
    }
    if (!matches(value)) {
      const got = Array.isArray(value) ? 'array' : typeof value;
      throw new TypeError(`Invalid type in config for key '${this.path(key)}'${this.sourceOf(key)}, got ${got}, wanted ${type}`);
    }
    return value;
  }

  private required<T>(key: string, value: T | undefined): T {
    if (value === undefined) {
      throw new Error(`Missing required config value at '${this.path(key)}'`);
    }
    return value;
  }

  private find(key: string): JsonValue | undefined {
    return lookUp(this.data, key.split('.'));
  }

  /** The source that a value was taken from, in words. */
  private sourceOf(key: string): string {
    const parts = this.path(key).split(/[.[\]]+/).filter(Boolean);
    const source = this.sources.findLast(({ data }) => lookUp(data, parts) !== undefined);
    return source ? ` in '${source.context}'` : '';
  }

  private path(key: string): string {
    return this.prefix && key ? `${this.prefix}.${key}` : this.prefix + key;
  }
}

function lookUp(data: JsonObject, parts: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = data;
  for (const part of parts) {
    if (typeof value !== 'object' || value === null) {
      return undefined;
    }
    value = Array.isArray(value) ? value[Number(part)] : value[part];
  }
  return value;
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function merge(base: JsonObject, over: JsonObject): JsonObject {
  const merged = { ...base };
  for (const [key, value] of Object.entries(over)) {
    const existing = merged[key];
    merged[key] = isObject(existing) && isObject(value) ? merge(existing, value) : value;
  }
  return merged;
}
