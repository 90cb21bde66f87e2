import { createObservable } from '@callboard/core-plugin-api';

/** What has come so far, and how to wait for what comes yet. */
export class Arrivals<T> {
  private items: T[] = [];
  private readonly listeners = new Set<(item: T) => void>();

  add(item: T): void {
    this.items.push(item);
    [...this.listeners].forEach(listener => listener(item));
  }

  all(): T[] {
    return [...this.items];
  }

  clear(): void {
    this.items = [];
  }

  /** Tells of what comes from now on. */
  readonly observable = createObservable<T>(listener => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  });

  /** The first that matches, of those that came and those that come; an error when none does for so long. */
  waitFor(matches: (item: T) => boolean, timeoutMs: number, wanted: string): Promise<T> {
    const present = this.items.find(matches);
    if (present !== undefined) {
      return Promise.resolve(present);
    }
    return new Promise((resolve, reject) => {
      const finish = () => {
        clearTimeout(timer);
        subscription.unsubscribe();
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`Waited ${timeoutMs} ms for ${wanted}, and none came`));
      }, timeoutMs);
      const subscription = this.observable.subscribe(item => {
        if (matches(item)) {
          finish();
          resolve(item);
        }
      });
    });
  }
}
