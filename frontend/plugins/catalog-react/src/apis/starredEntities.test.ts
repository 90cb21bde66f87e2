import type { StorageApi } from '@callboard/core-plugin-api';
import { expect, it } from 'vitest';
import { MockStarredEntitiesApi, StoredStarredEntities } from './starredEntities';

/** Storage of one value. */
function storage() {
  let value: string[] | undefined;
  const notifications = new Set<(snapshot: unknown) => void>();
  const api = {
    forBucket: () => api,
    snapshot: () => ({ key: 'entityRefs', presence: value ? 'present' : 'absent', value }),
    update: async (_key: string, change: (current: string[] | undefined) => string[]) => {
      value = change(value);
      notifications.forEach(notify => notify(undefined));
    },
    observe$: () => ({
      subscribe: (notify: (snapshot: unknown) => void) => {
        notifications.add(notify);
        return { unsubscribe: () => void notifications.delete(notify) };
      },
    }),
  };
  return api as unknown as StorageApi;
}

it.each([
  ['kept', () => new StoredStarredEntities({ storageApi: storage() })],
  ['of a test', () => new MockStarredEntitiesApi()],
])('stars that are %s are told at first and whenever they change', async (_, make) => {
  const stars = make();
  const seen: string[][] = [];
  const subscription = stars.starredEntitie$().subscribe(all => seen.push([...all]));
  await stars.toggleStarred('api:default/a');
  await stars.toggleStarred('api:default/b');
  await stars.toggleStarred('api:default/a');
  subscription.unsubscribe();
  await stars.toggleStarred('api:default/c');
  expect(seen).toEqual([[], ['api:default/a'], ['api:default/a', 'api:default/b'], ['api:default/b']]);
});
