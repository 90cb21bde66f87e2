import type { JsonValue, Observable } from '@callboard/types';
import { createApiRef } from '../ApiRef';

/** What a key held at one moment. */
export interface StorageValueSnapshot<T extends JsonValue> {
  key: string;
  presence: 'unknown' | 'absent' | 'present';
  value?: T;
}

/** Keeps small things for the person at the screen. */
export interface StorageApi {
  forBucket(name: string): StorageApi;
  set<T extends JsonValue>(key: string, value: T): Promise<void>;
  /**
   * Makes a new value of the one that is kept. Where that comes from afar, `change` may be called again with it, so
   * that nothing is lost of what was stored elsewhere: it has to be a pure function.
   */
  update<T extends JsonValue>(key: string, change: (current: T | undefined) => T): Promise<void>;
  remove(key: string): Promise<void>;
  snapshot<T extends JsonValue>(key: string): StorageValueSnapshot<T>;
  observe$<T extends JsonValue>(key: string): Observable<StorageValueSnapshot<T>>;
}

export const storageApiRef = createApiRef<StorageApi>({ id: 'core.storage' });
