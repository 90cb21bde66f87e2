/** Reads server-sent events off a response and calls back with the data of each. Comments and other fields are passed over. */
export async function readEvents(response: Response, onData: (data: string) => void): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    buffer += value ?? '';
    const events = buffer.split(/\r?\n\r?\n/);
    // What follows the last blank line is not complete yet, and never will be once the stream ends.
    buffer = events.pop() ?? '';
    for (const event of events) {
      const data = event
        .split(/\r?\n/)
        .filter(line => line.startsWith('data:'))
        .map(line => line.slice(5).replace(/^ /, ''));
      if (data.length > 0) {
        onData(data.join('\n'));
      }
    }
    if (done) {
      return;
    }
  }
}
