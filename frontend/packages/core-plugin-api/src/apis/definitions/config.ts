import type { JsonValue } from '@callboard/types';
import { createApiRef } from '../ApiRef';

/** Reads configuration by dotted paths. A value of the wrong type is an error that names the path. */
export interface ConfigApi {
  has(key: string): boolean;
  keys(): string[];
  get<T = JsonValue>(key?: string): T;
  getOptional<T = JsonValue>(key?: string): T | undefined;
  getConfig(key: string): ConfigApi;
  getOptionalConfig(key: string): ConfigApi | undefined;
  getConfigArray(key: string): ConfigApi[];
  getOptionalConfigArray(key: string): ConfigApi[] | undefined;
  getString(key: string): string;
  getOptionalString(key: string): string | undefined;
  getNumber(key: string): number;
  getOptionalNumber(key: string): number | undefined;
  getBoolean(key: string): boolean;
  getOptionalBoolean(key: string): boolean | undefined;
  getStringArray(key: string): string[];
  getOptionalStringArray(key: string): string[] | undefined;
}

export const configApiRef = createApiRef<ConfigApi>({ id: 'core.config' });
