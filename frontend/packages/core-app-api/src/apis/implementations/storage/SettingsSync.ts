import type { FetchApi, IdentityApi, StorageApi } from '@callboard/core-plugin-api';
import type { JsonValue } from '@callboard/types';
import { SettingsLedger } from './SettingsLedger';
import { WebStorage } from './WebStorage';

/** One value: where the portal keeps it, and its copy in the browser. */
export interface Setting {
  bucket: string;
  key: string;
  copy: StorageApi;
}

/** What becomes of a value; undefined is none. */
export type Change = (current: JsonValue | undefined) => JsonValue | undefined;

/** Reads of one moment travel together, this many at most. */
const GATHER_MS = 10;
const MAX_PER_READ = 100;
/** Browsers let requests outlive their page up to 64 KiB; the rest is for their headers. */
const MAX_KEPT_ALIVE = 60_000;

/** What this page knows of one setting. */
interface Progress {
  setting: Setting;
  /** Until the portal has answered what it has, or failed to. Undefined where nobody asked. */
  reading?: Promise<void>;
  /** What was done to the copy and is not on its way to the portal yet. */
  changes: Change[];
  writing?: Promise<void>;
}

interface Asked {
  setting: Setting;
  done(): void;
}

/** Keeps copies in the browser in step with the settings that the portal keeps. */
export class SettingsSync {
  private readonly progress = new Map<string, Progress>();
  private readonly ledger = new SettingsLedger();
  private waiting: Asked[] = [];
  private isUnavailable = false;
  private owner: Promise<void> | undefined;

  constructor(private readonly apis: { fetchApi: FetchApi; identityApi: IdentityApi }) {}

  /** Asks the portal for a setting, once a page. */
  read(setting: Setting): void {
    const progress = this.progressOf(setting);
    if (this.isUnavailable || progress.reading || progress.writing) {
      return;
    }
    progress.reading = new Promise(done => this.waiting.push({ setting, done }));
    if (this.waiting.length === 1) {
      setTimeout(() => void this.readWaiting(), GATHER_MS);
    }
  }

  /**
   * Changes the copy of a setting at once, and takes it to the portal. What the portal turns out to have is changed
   * alike, so that a first change in a new browser takes nothing away. It survives that the page is left meanwhile.
   */
  async change(setting: Setting, change: Change): Promise<void> {
    const progress = this.progressOf(setting);
    this.ledger.owe(idOf(setting));
    progress.changes.push(change);
    await apply(setting, change);
    progress.writing ??= this.writeAll(progress).finally(() => (progress.writing = undefined));
    await progress.writing;
  }

  private progressOf(setting: Setting): Progress {
    const id = idOf(setting);
    const progress = this.progress.get(id) ?? { setting, changes: [] };
    this.progress.set(id, progress);
    return progress;
  }

  private async readWaiting(): Promise<void> {
    const asked = this.waiting;
    this.waiting = [];
    for (let start = 0; start < asked.length; start += MAX_PER_READ) {
      const some = asked.slice(start, start + MAX_PER_READ);
      // Writes wait for it: what cannot be read is over, too.
      await this.readSome(some.map(({ setting }) => setting)).finally(() => some.forEach(({ done }) => done()));
    }
  }

  private async readSome(settings: Setting[]): Promise<void> {
    if (!(await this.isReady())) {
      return;
    }
    const items = settings.map(({ bucket, key }) => ({ bucket, key }));
    const response = await this.request('POST', 'multiget', { items });
    const answer = response?.ok ? ((await response.json()) as { items: ({ value: JsonValue } | null)[] }) : undefined;
    if (answer) {
      await Promise.all(settings.map((setting, index) => this.take(setting, answer.items[index]?.value)));
    }
  }

  /** Takes what the portal has, with what was done here meanwhile. */
  private async take(setting: Setting, stored: JsonValue | undefined): Promise<void> {
    const id = idOf(setting);
    const progress = this.progressOf(setting);
    const { value: copied } = setting.copy.snapshot(setting.key);
    if (progress.changes.length > 0) {
      if (stored !== undefined) {
        await applyAgain(progress, stored);
      }
    } else if (this.ledger.isOwed(id) || (stored === undefined && copied !== undefined && !this.ledger.isKnown(id))) {
      // Left over when the page was left, the portal was away, or from before it kept settings.
      void this.change(setting, current => current);
    } else {
      if (stored !== undefined) {
        this.ledger.settle(id);
      }
      if (JSON.stringify(copied) !== JSON.stringify(stored)) {
        await apply(setting, () => stored);
      }
    }
  }

  private async writeAll(progress: Progress): Promise<void> {
    await progress.reading;
    while (progress.changes.length > 0) {
      const isReady = await this.isReady();
      progress.changes = [];
      if (isReady) {
        await this.write(progress);
      }
    }
  }

  private async write(progress: Progress): Promise<void> {
    const { setting } = progress;
    const { presence, value } = setting.copy.snapshot(setting.key);
    const path = `buckets/${encodeURIComponent(setting.bucket)}/keys/${encodeURIComponent(setting.key)}`;
    const response = await (presence === 'present' ? this.request('PUT', path, { value }) : this.request('DELETE', path));
    // What was changed meanwhile is written next; what failed is, when the page is loaded the next time.
    if (response?.ok && progress.changes.length === 0) {
      this.ledger.settle(idOf(setting));
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
    if (this.ledger.claim(userEntityRef) === 'of another') {
      WebStorage.clear();
      const changed = [...this.progress.values()].filter(({ changes }) => changes.length > 0);
      changed.forEach(({ setting }) => this.ledger.owe(idOf(setting)));
      await Promise.all(changed.map(progress => applyAgain(progress, undefined)));
    }
  }

  private async request(method: string, path: string, body?: unknown): Promise<Response | undefined> {
    const text = body === undefined ? undefined : JSON.stringify(body);
    try {
      const response = await this.apis.fetchApi.fetch(`plugin://user-settings/${path}`, {
        method,
        ...(text !== undefined && { body: text, headers: { 'content-type': 'application/json' } }),
        keepalive: method !== 'POST' && (text?.length ?? 0) < MAX_KEPT_ALIVE,
      });
      this.isUnavailable ||= response.status === 404 || response.status === 501 || response.status === 401;
      return response;
    } catch {
      return undefined;
    }
  }
}

async function apply({ copy, key }: Setting, change: Change): Promise<void> {
  const value = change(copy.snapshot<JsonValue>(key).value);
  await (value === undefined ? copy.remove(key) : copy.set(key, value));
}

/** Does to another value what was done to the copy. */
async function applyAgain({ setting, changes }: Progress, value: JsonValue | undefined): Promise<void> {
  await apply(setting, () => changes.reduce((changed, change) => change(changed), value));
}

function idOf({ bucket, key }: Setting): string {
  return `${bucket}/${key}`;
}
