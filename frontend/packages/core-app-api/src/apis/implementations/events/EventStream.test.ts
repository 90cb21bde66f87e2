import type { LiveEvent } from '@callboard/core-plugin-api';
import { describe, expect, it, vi } from 'vitest';
import { EventStream } from './EventStream';

/** A portal whose streams the test writes to. */
function portal(...statuses: number[]) {
  const requests: { url: string; lastEventId: string | null; signal: AbortSignal }[] = [];
  const streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  const fetch = async (input: RequestInfo | URL, init?: RequestInit) => {
    const status = statuses[requests.length] ?? 200;
    const signal = init?.signal as AbortSignal;
    requests.push({ url: String(input), lastEventId: new Headers(init?.headers).get('last-event-id'), signal });
    const body = new ReadableStream<Uint8Array>({ start: controller => void streams.push(controller) });
    return new Response(status === 200 ? body : null, { status });
  };
  const waits: number[] = [];
  const events = new EventStream({ fetch }, async milliseconds => void waits.push(milliseconds));
  const send = (text: string) => streams.at(-1)?.enqueue(new TextEncoder().encode(text));
  return { events, requests, streams, waits, send };
}

const ready = 'event: ready\ndata: {"revision": 1}\n\n';
const change =
  'id: 2\nevent: catalog\ndata: {"revision": 2, "changes": [{"type": "upsert", "entityRef": "component:default/shop"}]}\n\n';

describe('live changes', () => {
  it('are told to all who selected the same, over one connection that ends with the last of them', async () => {
    const { events, requests, send } = portal();
    const seen: LiveEvent[][] = [[], []];
    const selection = { entityRefs: ['component:default/shop'], filters: ['kind=api'] };
    const subscriptions = seen.map(list => events.subscribe(selection, event => list.push(event)));
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    expect(requests[0]?.url).toBe('plugin://events/stream?entityRef=component%3Adefault%2Fshop&filter=kind%3Dapi');
    send(ready);
    // In pieces, with the line ends that a proxy may make.
    send(change.slice(0, 20));
    send(change.slice(20).replace(/\n/g, '\r\n'));
    await vi.waitFor(() => expect(seen[1]).toHaveLength(2));
    expect(seen[0]).toEqual(seen[1]);
    expect(seen[0]?.[1]).toEqual({
      type: 'catalog',
      revision: 2,
      changes: [{ type: 'upsert', entityRef: 'component:default/shop' }],
    });
    subscriptions[0]?.unsubscribe();
    expect(requests[0]?.signal.aborted).toBe(false);
    subscriptions[1]?.unsubscribe();
    expect(requests[0]?.signal.aborted).toBe(true);
  });

  it('go on after a break from where they were, ever more patiently while nothing comes', async () => {
    const { events, requests, streams, waits, send } = portal(200, 503, 200);
    const { unsubscribe } = events.subscribe({}, () => undefined);
    await vi.waitFor(() => expect(streams).toHaveLength(1));
    send(change);
    send('id: 7\n: ping\n\n');
    await new Promise(resolve => setTimeout(resolve, 20));
    streams[0]?.close();
    await vi.waitFor(() => expect(requests).toHaveLength(3));
    expect(requests.map(({ lastEventId }) => lastEventId)).toEqual([null, '7', '7']);
    expect(waits).toEqual([1000, 2000]);
    unsubscribe();
  });

  it.each([401, 404, 501])('are given up where the portal answers %i', async status => {
    const { events, requests, waits } = portal(status);
    events.subscribe({}, () => undefined);
    await new Promise(resolve => setTimeout(resolve, 20));
    expect([requests.length, waits]).toEqual([1, []]);
  });

  it('of a kind that nobody knows, or that are no JSON, are passed over', async () => {
    const { events, streams, send } = portal();
    const seen: LiveEvent[] = [];
    const { unsubscribe } = events.subscribe({ audits: ['a'] }, event => seen.push(event));
    await vi.waitFor(() => expect(streams).toHaveLength(1));
    send('event: weather\ndata: {}\n\nevent: catalog\ndata: {\n\ndata: x\n\nevent: audit\ndata: {"id":"a","status":"RUNNING"}\n\n');
    await vi.waitFor(() => expect(seen).toEqual([{ type: 'audit', audit: { id: 'a', status: 'RUNNING' } }]));
    unsubscribe();
  });
});
