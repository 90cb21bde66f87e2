import type { FetchApi, IdentityApi, JsonValue, StorageApi } from '@callboard/core-plugin-api';
import { WebStorage } from './WebStorage';

/** One value: where the portal keeps it, and its copy in the browser. */
export interface Setting {
  bucket: string;
  key: string;
  copy: StorageApi;
}

/** Reads of one moment travel together, this many at most. */
const GATHER_MS = 10;
const MAX_PER_READ = 100;
/** Remembers which copies are the portal's, and whose. */
const STATE_KEY = 'callboard.settings';

interface State {
  user: string;
  /** Settings that the portal has, or had: one that it has no longer was removed elsewhere. */
  known: string[];
}

/** Keeps copies in the browser in step with the settings that the portal keeps. */
export class SettingsSync {
  private readonly asked = new Set<string>();
  private waiting: Setting[] = [];
  private readonly writing = new Map<string, Promise<void>>();
  private isUnavailable = false;
  private owner: Promise<void> | undefined;
  private readonly dirty = new Set<string>();

  constructor(private readonly apis: { fetchApi: FetchApi; identityApi: IdentityApi }) {}

  /** Asks the portal for a setting, once a page. */
  read(setting: Setting): void {
    const id = idOf(setting);
    if (this.isUnavailable || this.asked.has(id)) {
      return;
    }
    this.asked.add(id);
    if (this.waiting.length === 0) {
      setTimeout(() => void this.readWaiting(), GATHER_MS);
    }
    this.waiting.push(setting);
  }

  /** Takes the copy of a setting to the portal. What was set meanwhile goes along, and the last value wins. */
  async write(setting: Setting): Promise<void> {
    const id = idOf(setting);
    this.asked.add(id);
    this.dirty.add(id);
    const before = this.writing.get(id) ?? Promise.resolve();
    const write = before.then(() => this.writeNow(setting));
    this.writing.set(id, write);
    await write;
  }

  private async readWaiting(): Promise<void> {
    const settings = this.waiting;
    this.waiting = [];
    for (let start = 0; start < settings.length; start += MAX_PER_READ) {
      await this.readSome(settings.slice(start, start + MAX_PER_READ));
    }
  }

  private async readSome(settings: Setting[]): Promise<void> {
    if (!(await this.isReady())) {
      return;
    }
    const items = settings.map(({ bucket, key }) => ({ bucket, key }));
    const response = await this.request('POST', 'multiget', { items });
    const answer = response?.ok ? ((await response.json()) as { items: ({ value: JsonValue } | null)[] }) : undefined;
    if (!answer) {
      return;
    }
    await Promise.all(settings.map((setting, index) => this.take(setting, answer.items[index] ?? undefined)));
  }

  private async take(setting: Setting, stored: { value: JsonValue } | undefined): Promise<void> {
    const id = idOf(setting);
    const { presence, value } = setting.copy.snapshot(setting.key);
    if (this.dirty.has(id)) {
      // Set while the answer was on its way.
      return;
    }
    if (stored) {
      this.remember(id);
      if (presence !== 'present' || JSON.stringify(value) !== JSON.stringify(stored.value)) {
        await setting.copy.set(setting.key, stored.value);
      }
    } else if (presence === 'present' && this.isKnown(id)) {
      await setting.copy.remove(setting.key);
    } else if (presence === 'present') {
      await this.write(setting);
    }
  }

  private async writeNow(setting: Setting): Promise<void> {
    const id = idOf(setting);
    if (!this.dirty.delete(id) || !(await this.isReady())) {
      return;
    }
    const { presence, value } = setting.copy.snapshot(setting.key);
    const path = `buckets/${encodeURIComponent(setting.bucket)}/keys/${encodeURIComponent(setting.key)}`;
    const response = await (presence === 'present' ? this.request('PUT', path, { value }) : this.request('DELETE', path));
    if (response?.ok) {
      this.remember(id);
    } else {
      // The copy is newer than what the portal has: it is taken there when the page is loaded the next time.
      this.forget(id);
    }
  }

  /** Whether the portal keeps settings. Copies of somebody else's settings are dropped before they are used. */
  private async isReady(): Promise<boolean> {
    if (this.isUnavailable) {
      return false;
    }
    this.owner ??= this.claim();
    try {
      await this.owner;
    } catch {
      this.isUnavailable = true;
    }
    return !this.isUnavailable;
  }

  private async claim(): Promise<void> {
    const { userEntityRef } = await this.apis.identityApi.getBackstageIdentity();
    const before = readState()?.user;
    if (before === userEntityRef) {
      return;
    }
    if (before !== undefined) {
      WebStorage.clear();
    }
    writeState({ user: userEntityRef, known: [] });
  }

  private async request(method: string, path: string, body?: unknown): Promise<Response | undefined> {
    try {
      const response = await this.apis.fetchApi.fetch(`plugin://user-settings/${path}`, {
        method,
        ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      });
      this.isUnavailable ||= response.status === 404 || response.status === 501 || response.status === 401;
      return response;
    } catch {
      return undefined;
    }
  }

  private isKnown(id: string): boolean {
    return readState()?.known.includes(id) ?? false;
  }

  private remember(id: string): void {
    const state = readState();
    if (state && !state.known.includes(id)) {
      writeState({ ...state, known: [...state.known, id] });
    }
  }

  private forget(id: string): void {
    const state = readState();
    if (state) {
      writeState({ ...state, known: state.known.filter(known => known !== id) });
    }
  }
}

function idOf({ bucket, key }: Setting): string {
  return `${bucket}/${key}`;
}

function readState(): State | undefined {
  try {
    const state = JSON.parse(localStorage.getItem(STATE_KEY) ?? 'null') as State | null;
    return state && typeof state.user === 'string' && Array.isArray(state.known) ? state : undefined;
  } catch {
    return undefined;
  }
}

function writeState(state: State): void {
  localStorage.setItem(STATE_KEY, JSON.stringify(state));
}
