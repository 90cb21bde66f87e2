import type { JsonValue, Observable, StorageApi, StorageValueSnapshot } from '@callboard/core-plugin-api';
import { Subject } from '../../lib/Subject';

const changes = new Subject<string>();
let listening = false;

/** Keeps values in the browser, under `/<bucket>/<key>`, and hears of changes in other tabs. */
export class WebStorage implements StorageApi {
  constructor(private readonly bucket = '') {
    if (!listening) {
      listening = true;
      window.addEventListener('storage', event => event.key && changes.next(event.key));
    }
  }

  /** Removes everything, of all buckets, and tells those who watch. */
  static clear(): void {
    const keys = Object.keys(localStorage).filter(key => key.startsWith('/'));
    keys.forEach(key => localStorage.removeItem(key));
    keys.forEach(key => changes.next(key));
  }

  forBucket(name: string): StorageApi {
    return new WebStorage(`${this.bucket}/${name}`);
  }

  async set<T extends JsonValue>(key: string, value: T): Promise<void> {
    localStorage.setItem(this.path(key), JSON.stringify(value));
    changes.next(this.path(key));
  }

  async update<T extends JsonValue>(key: string, change: (current: T | undefined) => T): Promise<void> {
    await this.set(key, change(this.snapshot<T>(key).value));
  }

  async remove(key: string): Promise<void> {
    localStorage.removeItem(this.path(key));
    changes.next(this.path(key));
  }

  snapshot<T extends JsonValue>(key: string): StorageValueSnapshot<T> {
    const text = localStorage.getItem(this.path(key));
    if (text === null) {
      return { key, presence: 'absent' };
    }
    try {
      return { key, presence: 'present', value: JSON.parse(text) as T };
    } catch {
      // Written by something else or cut off: as good as nothing.
      return { key, presence: 'absent' };
    }
  }

  observe$<T extends JsonValue>(key: string): Observable<StorageValueSnapshot<T>> {
    return {
      subscribe: observer => {
        const next = typeof observer === 'function' ? observer : observer.next?.bind(observer);
        return changes.subscribe(path => path === this.path(key) && next?.(this.snapshot<T>(key)));
      },
    };
  }

  private path(key: string): string {
    return `${this.bucket}/${encodeURIComponent(key)}`;
  }
}
