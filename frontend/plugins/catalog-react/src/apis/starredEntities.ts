import { createApiRef, createObservable, type StorageApi } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';

/** Where it is kept what a person has starred. */
export const STARS = { bucket: 'starredEntities', key: 'entityRefs' } as const;

/** The entities a person has starred, for what is no component; components have `useStarredEntities`. */
export interface StarredEntitiesApi {
  toggleStarred(entityRef: string): Promise<void>;
  /** What is starred now, and then whenever that changes. */
  starredEntitie$(): Observable<Set<string>>;
}

export const starredEntitiesApiRef = createApiRef<StarredEntitiesApi>({ id: 'plugin.catalog.starred-entities' });

/** Keeps them for as long as a test takes. */
export class MockStarredEntitiesApi implements StarredEntitiesApi {
  private readonly starred = new Set<string>();
  private readonly notifications = new Set<() => void>();

  async toggleStarred(entityRef: string): Promise<void> {
    if (!this.starred.delete(entityRef)) {
      this.starred.add(entityRef);
    }
    this.notifications.forEach(notify => notify());
  }

  starredEntitie$(): Observable<Set<string>> {
    return createObservable(next => {
      const notify = () => next(new Set(this.starred));
      notify();
      this.notifications.add(notify);
      return () => void this.notifications.delete(notify);
    });
  }
}

/** Keeps them for the person at the screen. */
export class StoredStarredEntities implements StarredEntitiesApi {
  private readonly storage: StorageApi;

  constructor({ storageApi }: { storageApi: StorageApi }) {
    this.storage = storageApi.forBucket(STARS.bucket);
  }

  async toggleStarred(entityRef: string): Promise<void> {
    const isStarred = this.refs().has(entityRef);
    await this.storage.update<string[]>(STARS.key, (current = []) => {
      const others = current.filter(other => other !== entityRef);
      return isStarred ? others : [...others, entityRef];
    });
  }

  starredEntitie$(): Observable<Set<string>> {
    return createObservable(next => {
      const notify = () => next(this.refs());
      notify();
      return this.storage.observe$(STARS.key).subscribe(notify).unsubscribe;
    });
  }

  private refs(): Set<string> {
    return new Set(this.storage.snapshot<string[]>(STARS.key).value);
  }
}
