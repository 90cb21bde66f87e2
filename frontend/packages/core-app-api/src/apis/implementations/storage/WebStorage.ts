import { createObservable, type StorageApi, type StorageValueSnapshot } from '@callboard/core-plugin-api';
import type { JsonValue, Observable } from '@callboard/types';
import { Subject } from '../../../lib/Subject';

/** Where values lie, and who is told of their changes. */
interface StorageArea {
  readonly store: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly changes: Subject<string>;
}

const changes = new Subject<string>();
let listening = false;

/** The browser's own area; other tabs' changes are told too. */
function browserArea(): StorageArea {
  if (!listening) {
    listening = true;
    window.addEventListener('storage', event => event.key && changes.next(event.key));
  }
  return { store: localStorage, changes };
}

/** Keeps values in the browser, under `/<bucket>/<key>`, and hears of changes in other tabs. */
export class WebStorage implements StorageApi {
  constructor(
    private readonly bucket = '',
    private readonly area = browserArea(),
  ) {}

  /** One that lasts no longer than it is held, with values by their `/<bucket>/<key>` to begin with. */
  static inMemory(values: Readonly<Record<string, JsonValue>> = {}): WebStorage {
    const held = new Map(Object.entries(values).map(([path, value]) => [path, JSON.stringify(value)]));
    const store = {
      getItem: (path: string) => held.get(path) ?? null,
      setItem: (path: string, text: string) => void held.set(path, text),
      removeItem: (path: string) => void held.delete(path),
    };
    return new WebStorage('', { store, changes: new Subject() });
  }

  /** Removes everything, of all buckets, and tells those who watch. */
  static clear(): void {
    const keys = Object.keys(localStorage).filter(key => key.startsWith('/'));
    keys.forEach(key => localStorage.removeItem(key));
    keys.forEach(key => changes.next(key));
  }

  forBucket(name: string): StorageApi {
    return new WebStorage(`${this.bucket}/${name}`, this.area);
  }

  async set<T extends JsonValue>(key: string, value: T): Promise<void> {
    this.area.store.setItem(this.path(key), JSON.stringify(value));
    this.area.changes.next(this.path(key));
  }

  async update<T extends JsonValue>(key: string, change: (current: T | undefined) => T): Promise<void> {
    await this.set(key, change(this.snapshot<T>(key).value));
  }

  async remove(key: string): Promise<void> {
    this.area.store.removeItem(this.path(key));
    this.area.changes.next(this.path(key));
  }

  snapshot<T extends JsonValue>(key: string): StorageValueSnapshot<T> {
    const text = this.area.store.getItem(this.path(key));
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
    return createObservable(next => {
      const tell = (path: string) => path === this.path(key) && next(this.snapshot<T>(key));
      return this.area.changes.subscribe(tell).unsubscribe;
    });
  }

  private path(key: string): string {
    return `${this.bucket}/${encodeURIComponent(key)}`;
  }
}
