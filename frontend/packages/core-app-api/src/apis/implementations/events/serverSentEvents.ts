/** One server-sent event. */
export interface ServerSentEvent {
  id: string | undefined;
  event: string;
  data: string;
}

/** Longer than any event; a stream without an end of line must not fill the memory. */
const MAX_PENDING = 4_000_000;

/**
 * Reads server-sent events off the body of a response. `EventSource` would do, but cannot send a token. Pings come out
 * as events without data, for they may carry an id.
 */
export async function* readServerSentEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerSentEvent> {
  const reader = body.pipeThrough(new TextDecoderStream() as TransformStream<Uint8Array, string>).getReader();
  let pending = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      pending = (pending + value).replace(/\r\n?/g, '\n');
      if (pending.length > MAX_PENDING) {
        throw new Error('A server-sent event is longer than any can be');
      }
      const blocks = pending.split('\n\n');
      pending = blocks.pop() ?? '';
      for (const block of blocks) {
        yield parseBlock(block);
      }
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function parseBlock(block: string): ServerSentEvent {
  const parsed: ServerSentEvent = { id: undefined, event: 'message', data: '' };
  const data: string[] = [];
  for (const line of block.split('\n')) {
    const separator = line.indexOf(':');
    const field = separator < 0 ? line : line.slice(0, separator);
    const value = separator < 0 ? '' : line.slice(separator + 1).replace(/^ /, '');
    if (field === 'data') {
      data.push(value);
    } else if (field === 'id' || field === 'event') {
      parsed[field] = value;
    }
  }
  return { ...parsed, data: data.join('\n') };
}
