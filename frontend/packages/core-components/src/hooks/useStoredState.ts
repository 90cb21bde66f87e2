import { storageApiRef, useApi } from '@callboard/core-plugin-api';
import type { JsonValue } from '@callboard/types';
import { useCallback, useMemo, useRef, useSyncExternalStore } from 'react';

/** State that outlives the page, kept for the person at the screen. */
export function useStoredState<T extends JsonValue>(
  bucket: string,
  key: string,
  initial: T,
): [T, (value: T | ((current: T) => T)) => void] {
  const storageApi = useApi(storageApiRef);
  const storage = useMemo(() => storageApi.forBucket(bucket), [storageApi, bucket]);
  // A snapshot is parsed anew each time; React needs the same object while nothing has changed.
  const last = useRef<{ text: string; value: T }>(undefined);

  const read = useCallback(() => {
    const { value } = storage.snapshot<T>(key);
    const text = JSON.stringify(value ?? initial);
    if (last.current?.text !== text) {
      last.current = { text, value: JSON.parse(text) as T };
    }
    return last.current.value;
  }, [storage, key, initial]);

  const subscribe = useCallback(
    (notify: () => void) => {
      const subscription = storage.observe$(key).subscribe(notify);
      return () => subscription.unsubscribe();
    },
    [storage, key],
  );

  const value = useSyncExternalStore(subscribe, read);
  const write = useCallback(
    (next: T | ((current: T) => T)) => {
      void (typeof next === 'function' ? storage.update<T>(key, (current = initial) => next(current)) : storage.set(key, next));
    },
    [storage, key, initial],
  );
  return [value, write];
}
