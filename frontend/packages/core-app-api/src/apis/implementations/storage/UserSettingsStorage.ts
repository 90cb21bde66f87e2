import { createObservable, type FetchApi, type IdentityApi, type StorageApi, type StorageValueSnapshot } from '@callboard/core-plugin-api';
import type { JsonValue, Observable } from '@callboard/types';
import { SettingsSync, type Change, type Setting } from './SettingsSync';
import { WebStorage } from './WebStorage';

/**
 * Keeps values with the person's settings at the portal, and a copy in the browser that is there at once. Where the
 * portal keeps no settings, the browser's copy is all there is.
 */
export class UserSettingsStorage implements StorageApi {
  private constructor(
    private readonly sync: SettingsSync,
    private readonly copy: StorageApi,
    private readonly bucket: string,
  ) {}

  static create(options: { fetchApi: FetchApi; identityApi: IdentityApi }): UserSettingsStorage {
    return new UserSettingsStorage(new SettingsSync(options), new WebStorage(), 'default');
  }

  forBucket(name: string): StorageApi {
    return new UserSettingsStorage(this.sync, this.copy.forBucket(name), `${this.bucket}.${name}`);
  }

  async set<T extends JsonValue>(key: string, value: T): Promise<void> {
    await this.sync.change(this.setting(key), () => value);
  }

  async update<T extends JsonValue>(key: string, change: (current: T | undefined) => T): Promise<void> {
    const setting = this.setting(key);
    this.sync.read(setting);
    await this.sync.change(setting, change as Change);
  }

  async remove(key: string): Promise<void> {
    await this.sync.change(this.setting(key), () => undefined);
  }

  snapshot<T extends JsonValue>(key: string): StorageValueSnapshot<T> {
    this.sync.read(this.setting(key));
    return this.copy.snapshot<T>(key);
  }

  observe$<T extends JsonValue>(key: string): Observable<StorageValueSnapshot<T>> {
    return createObservable(next => {
      const { unsubscribe } = this.copy.observe$<T>(key).subscribe(next);
      this.sync.read(this.setting(key));
      return unsubscribe;
    });
  }

  private setting(key: string): Setting {
    return { bucket: this.bucket, key, copy: this.copy };
  }
}
