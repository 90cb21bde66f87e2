import type { JsonValue } from '@callboard/types';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { UserSettingsStorage } from './UserSettingsStorage';

type On = (request: string) => Promise<void> | undefined;

/** A portal with settings; `status` makes it refuse, and an answer to what `on` returns a promise for waits for it. */
function portal(settings: Record<string, JsonValue> = {}, options: { status?: number; user?: string; on?: On } = {}) {
  const requests: string[] = [];
  const fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
    const path = decodeURIComponent(String(input).replace('plugin://user-settings/', ''));
    requests.push(`${init.method} ${path}`);
    const before = structuredClone(settings);
    await options.on?.(`${init.method} ${path}`);
    if (options.status) {
      return new Response(null, { status: options.status });
    }
    const body = init.body ? (JSON.parse(String(init.body)) as Record<string, JsonValue>) : {};
    const id = path.replace(/^buckets\/(.*)\/keys\/(.*)$/, '$1/$2');
    if (init.method === 'PUT') {
      settings[id] = body.value as JsonValue;
    } else if (init.method === 'DELETE') {
      Reflect.deleteProperty(settings, id);
    } else {
      const items = body.items as { bucket: string; key: string }[];
      return Response.json({
        items: items.map(({ bucket, key }) => {
          const value = before[`${bucket}/${key}`];
          return value === undefined ? null : { value };
        }),
      });
    }
    return new Response(null, { status: 204 });
  };
  const identityApi = {
    getBackstageIdentity: async () => ({
      type: 'user' as const,
      userEntityRef: options.user ?? 'user:default/ada',
      ownershipEntityRefs: [],
    }),
    getProfileInfo: async () => ({}),
    getCredentials: async () => ({}),
    signOut: async () => undefined,
  };
  const storage = UserSettingsStorage.create({ fetchApi: { fetch }, identityApi });
  return { storage, stars: storage.forBucket('starredEntities'), requests, settings };
}

const STARS = 'default.starredEntities/entityRefs';

beforeEach(() => localStorage.clear());

describe('settings at the portal', () => {
  it('are read together, once, and shown when they come', async () => {
    const { storage, stars, requests } = portal({ [STARS]: ['a'], 'default.shell/folded': true });
    const seen: unknown[] = [];
    stars.observe$('entityRefs').subscribe(({ value }) => seen.push(value));
    expect(stars.snapshot('entityRefs').presence).toBe('absent');
    storage.forBucket('shell').snapshot('folded');
    await vi.waitFor(() => expect(stars.snapshot('entityRefs').value).toEqual(['a']));
    expect(storage.forBucket('shell').snapshot('folded').value).toBe(true);
    expect([seen, requests]).toEqual([[['a']], ['POST multiget']]);
  });

  it('are written as `bucket.bucket` and `key`, the last of several values at once', async () => {
    const { stars, settings, requests } = portal();
    await Promise.all([stars.set('entityRefs', ['a']), stars.set('entityRefs', ['a', 'b'])]);
    expect(settings).toEqual({ [STARS]: ['a', 'b'] });
    expect(requests).toEqual([`PUT buckets/default.starredEntities/keys/entityRefs`]);
    await stars.remove('entityRefs');
    expect(settings).toEqual({});
  });

  it('take over what the browser had before', async () => {
    localStorage.setItem('/starredEntities/entityRefs', '["old"]');
    const { stars, settings } = portal();
    expect(stars.snapshot('entityRefs').value).toEqual(['old']);
    await vi.waitFor(() => expect(settings).toEqual({ [STARS]: ['old'] }));
  });

  it('that were removed elsewhere are removed here', async () => {
    const first = portal();
    await first.stars.set('entityRefs', ['a']);
    const { stars, settings } = portal();
    expect(stars.snapshot('entityRefs').value).toEqual(['a']);
    await vi.waitFor(() => expect(stars.snapshot('entityRefs').presence).toBe('absent'));
    expect(settings).toEqual({});
  });

  it('of another person are not taken over', async () => {
    await portal().stars.set('entityRefs', ['secret of ada']);
    const { stars, settings } = portal({}, { user: 'user:default/bob' });
    stars.snapshot('entityRefs');
    await vi.waitFor(() => expect(stars.snapshot('entityRefs').presence).toBe('absent'));
    await stars.set('entityRefs', ['b']);
    expect(settings).toEqual({ [STARS]: ['b'] });
  });

  it.each([404, 501, 401])('stay in the browser where the portal answers %i', async status => {
    const { stars, requests } = portal({}, { status });
    await stars.set('entityRefs', ['a']);
    await stars.set('entityRefs', ['b']);
    expect(stars.snapshot('entityRefs').value).toEqual(['b']);
    expect(requests).toHaveLength(1);
  });

  it('that could not be written are written the next time', async () => {
    await portal({}, { status: 503 }).stars.set('entityRefs', ['kept']);
    const { stars, settings } = portal();
    stars.snapshot('entityRefs');
    await vi.waitFor(() => expect(settings).toEqual({ [STARS]: ['kept'] }));
  });

  it('lose nothing of what another browser stored, however soon one changes them', async () => {
    const { stars, settings } = portal({ [STARS]: ['elsewhere'] });
    await stars.update<string[]>('entityRefs', (current = []) => [...current, 'here']);
    expect(settings).toEqual({ [STARS]: ['elsewhere', 'here'] });
    expect(stars.snapshot('entityRefs').value).toEqual(['elsewhere', 'here']);
  });

  it('are shown as they were changed while the portal answers', async () => {
    let answer = () => {};
    const held = new Promise<void>(resolve => (answer = resolve));
    const { stars, settings } = portal({ [STARS]: [] }, { on: request => (request.startsWith('POST') ? held : undefined) });
    stars.snapshot('entityRefs');
    const seen: unknown[] = [];
    stars.observe$('entityRefs').subscribe(({ value }) => seen.push(value));
    const stored = stars.update<string[]>('entityRefs', (current = []) => [...current, 'here']);
    await vi.waitFor(() => expect(stars.snapshot('entityRefs').value).toEqual(['here']));
    answer();
    await stored;
    expect([settings, seen.at(-1)]).toEqual([{ [STARS]: ['here'] }, ['here']]);
  });

  it('that were on their way when the page was left are kept by the next one', async () => {
    const { stars } = portal({ [STARS]: ['before'] }, { on: request => (request.startsWith('PUT') ? new Promise(() => undefined) : undefined) });
    void stars.update<string[]>('entityRefs', (current = []) => [...current, 'left']);
    await vi.waitFor(() => expect(stars.snapshot('entityRefs').value).toEqual(['before', 'left']));
    const next = portal({ [STARS]: ['before'] });
    next.stars.snapshot('entityRefs');
    await vi.waitFor(() => expect(next.settings).toEqual({ [STARS]: ['before', 'left'] }));
    expect(next.stars.snapshot('entityRefs').value).toEqual(['before', 'left']);
  });

  it('are changed for the one who signed in, not on top of those of the one before', async () => {
    await portal().stars.set('entityRefs', ['secret of ada']);
    const { stars, settings } = portal({ [STARS]: ['of bob'] }, { user: 'user:default/bob' });
    await stars.update<string[]>('entityRefs', (current = []) => [...current, 'new']);
    expect(settings).toEqual({ [STARS]: ['of bob', 'new'] });
  });
});
