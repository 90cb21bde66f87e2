import { createObservable, type EventsApi, type FetchApi, type LiveEvent, type LiveSelection } from '@callboard/core-plugin-api';
import type { Subscription } from '@callboard/types';
import { readServerSentEvents } from './serverSentEvents';

/** A connection that broke is tried again after this long, twice as long each time. */
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
/** Answers by which a portal says that it has no live changes, or not for this person. */
const REFUSED = new Set([400, 401, 403, 404, 501]);

type Listener = (event: LiveEvent) => void;

interface Stream {
  listeners: Set<Listener>;
  stop: AbortController;
}

/**
 * Live changes by server-sent events. Those who select the same share one connection, since browsers allow few; it ends
 * with the last of them.
 */
export class EventStream implements EventsApi {
  private readonly streams = new Map<string, Stream>();

  constructor(
    private readonly fetchApi: FetchApi,
    private readonly wait: (milliseconds: number, signal: AbortSignal) => Promise<void> = pause,
  ) {}

  subscribe(selection: LiveSelection, listener: Listener): Subscription {
    const query = queryOf(selection);
    const events = createObservable<LiveEvent>(next => {
      const stream = this.streams.get(query) ?? this.open(query);
      stream.listeners.add(next);
      return () => {
        stream.listeners.delete(next);
        if (stream.listeners.size === 0 && this.streams.get(query) === stream) {
          this.streams.delete(query);
          stream.stop.abort();
        }
      };
    });
    return events.subscribe(listener);
  }

  private open(query: string): Stream {
    const stream: Stream = { listeners: new Set(), stop: new AbortController() };
    this.streams.set(query, stream);
    void this.follow(query, stream);
    return stream;
  }

  private async follow(query: string, { listeners, stop }: Stream): Promise<void> {
    let lastEventId: string | undefined;
    let retry = FIRST_RETRY_MS;
    while (!stop.signal.aborted) {
      try {
        const response = await this.fetchApi.fetch(`plugin://events/stream${query}`, {
          headers: { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) },
          cache: 'no-store',
          // It never ends: what the page waits for goes first.
          priority: 'low',
          signal: stop.signal,
        });
        if (REFUSED.has(response.status)) {
          return;
        }
        if (response.ok && response.body) {
          for await (const { id, event, data } of readServerSentEvents(response.body)) {
            lastEventId = id ?? lastEventId;
            retry = FIRST_RETRY_MS;
            const live = liveEvent(event, data);
            if (live) {
              listeners.forEach(listener => listener(live));
            }
          }
        }
      } catch {
        // The portal restarts, or the network is away: what was missed comes with the next connection.
      }
      await this.wait(retry, stop.signal);
      retry = Math.min(retry * 2, LONGEST_RETRY_MS);
    }
  }
}

function queryOf({ entityRefs = [], filters = [], audits = [] }: LiveSelection): string {
  const params = new URLSearchParams();
  entityRefs.forEach(ref => params.append('entityRef', ref));
  filters.forEach(filter => params.append('filter', filter));
  audits.forEach(audit => params.append('audit', audit));
  return params.size > 0 ? `?${params}` : '';
}

/** The event as listeners know it; undefined for one that a later version of the portal may send. */
function liveEvent(type: string, data: string): LiveEvent | undefined {
  if (type !== 'ready' && type !== 'catalog' && type !== 'reset' && type !== 'audit' && type !== 'audit-error') {
    return undefined;
  }
  try {
    const value = JSON.parse(data) as object;
    return (type === 'audit' ? { type, audit: value } : { ...value, type }) as LiveEvent;
  } catch {
    return undefined;
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
