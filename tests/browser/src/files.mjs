import { createServer } from 'node:http';
import { after, before } from 'node:test';

/**
 * Serves files as a code host would, for as long as the tests of a file run. `files` are texts by path; the address of one is
 * known once the tests have begun.
 */
export function useFiles(files) {
  const folder = `/${Date.now().toString(36)}`;
  const server = createServer((request, response) => {
    const text = files[request.url.slice(folder.length)];
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/yaml' }).end(text ?? 'nothing here');
  });
  before(() => new Promise(resolve => server.listen(0, '127.0.0.1', resolve)));
  after(() => server.close());
  return path => `http://127.0.0.1:${server.address().port}${folder}${path}`;
}
