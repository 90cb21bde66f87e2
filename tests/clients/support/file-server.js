// A web server with catalog files, for the tests that register a location.
import { createServer } from 'node:http';

/**
 * Serves `files` (path to text) on 127.0.0.1; a path without a file is a 404. `files` may be changed while it runs. The Callboard under
 * test has to allow it: `backend.reading.allow` in `app-config.yaml` of this folder.
 */
export async function serveFiles(files) {
  const server = createServer((incoming, outgoing) => {
    const text = files[incoming.url];
    outgoing.writeHead(text === undefined ? 404 : 200, { 'Content-Type': 'text/plain; charset=utf-8' });
    outgoing.end(text ?? 'no such file');
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    urlOf: path => `http://127.0.0.1:${server.address().port}${path}`,
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}
