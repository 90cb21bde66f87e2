// A web server with catalog files that both servers read; files may be changed while it runs.
'use strict';

const { createHash } = require('node:crypto');
const http = require('node:http');

/** Serves `files` (path to text) on 127.0.0.1 with validators; a path without a file is a 404. */
async function serveFiles(files) {
  const server = http.createServer((incoming, outgoing) => {
    const text = files.get(decodeURIComponent(incoming.url));
    if (text === undefined) {
      outgoing.writeHead(404).end('no such file');
      return;
    }
    const etag = `"${createHash('sha1').update(text).digest('hex')}"`;
    if (incoming.headers['if-none-match'] === etag) {
      outgoing.writeHead(304, { ETag: etag }).end();
      return;
    }
    outgoing.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', ETag: etag }).end(text);
  });
  await new Promise(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    urlOf: path => `http://127.0.0.1:${server.address().port}${path.split('/').map(encodeURIComponent).join('/')}`,
    close: () =>
      new Promise(resolve => {
        server.close(resolve);
        server.closeAllConnections();
      }),
  };
}

module.exports = { serveFiles };
