import { WebStorage } from '@callboard/core-app-api';
import type { StorageApi } from '@callboard/core-plugin-api';
import type { JsonObject, JsonValue } from '@callboard/types';

/** Buckets within each other, with the values of their keys. */
export type MockStorageBucket = JsonObject;

/** Storage in memory. */
export type MockStorageApi = StorageApi;
export const MockStorageApi = {
  /** With values to begin with: objects are buckets, everything else is a value, and `/` parts the buckets of a key. */
  create: (data: MockStorageBucket = {}): MockStorageApi => WebStorage.inMemory(Object.fromEntries(flatten(data, ''))),
};

function flatten(bucket: MockStorageBucket, path: string): [string, JsonValue][] {
  return Object.entries(bucket).flatMap(([key, value]): [string, JsonValue][] => {
    const inner = `${path}/${key.replace(/^\//, '')}`;
    if (value === undefined) {
      return [];
    }
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? flatten(value, inner) : [[inner, value]];
  });
}
