// What a caller gets who asks wrongly: status, name, message and the shape that the client reads them from.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalog, deliberateDifference, request } from '../support/callboard.js';

async function refused(method, path, body) {
  const response = await request(method, path, body);
  assert.match(response.headers.get('content-type') ?? '', /^application\/json/, `${method} ${path}`);
  const answer = await response.json();
  assert.equal(answer.response.statusCode, response.status);
  assert.equal(answer.request.method, method);
  assert.equal(answer.request.url, path);
  assert.equal(answer.error.stack, undefined);
  return { status: response.status, name: answer.error.name, message: answer.error.message };
}

const cases = [
  ['GET', '/entities?nonsense=1', undefined, "Unknown query parameter 'nonsense'"],
  ['GET', '/entities?filter=', undefined, "Empty value found for query parameter 'filter'"],
  ['GET', '/entities?filter=%3Da', undefined, "Invalid filter, '=a' is not a valid statement (expected a string on the form a=b or a= or a)"],
  ['GET', '/entities?limit=x', undefined, 'request/query/limit must be integer'],
  ['GET', '/entities?limit=1&limit=2', undefined, 'request/query/limit must be integer'],
  ['GET', '/entities?limit=0', undefined, 'Invalid limit, must be greater than zero'],
  ['GET', '/entities?offset=-1', undefined, 'request/query/offset must be >= 0'],
  ['GET', '/entities?order=metadata.name', undefined, /^Invalid order parameter "metadata.name"/],
  ['GET', '/entities?after=!', undefined, /^Malformed after cursor/],
  ['GET', '/entities?fields=a%5B0%5D', undefined, 'Invalid field "a[0]", array type fields are not supported'],
  ['GET', '/entities/by-query?totalItems=maybe', undefined, 'request/query/totalItems must be equal to one of the allowed values: include, exclude'],
  ['GET', '/entities/by-query?orderField=metadata.name,up', undefined, 'Invalid order field order, must be asc or desc'],
  ['GET', '/entities/by-query?cursor=', undefined, "Empty value found for query parameter 'cursor'"],
  ['GET', '/entities/by-query?cursor=bm90IG9uZQ%3D%3D', undefined, /^Malformed cursor/],
  ['GET', '/entity-facets', undefined, "request/query must have required property 'facet'"],
  ['POST', '/entities/by-query', { query: 3 }, 'request/body/query must be object'],
  ['POST', '/entities/by-query', { query: { kind: null } }, /^Invalid query: /],
  ['POST', '/entities/by-query', { query: { $all: [{ kind: 'x' }], kind: 'y' } }, /^Invalid query: /],
  ['POST', '/entities/by-query', { query: { $not: 'x' } }, /top-level primitive values are not supported/],
  ['POST', '/entities/by-query', { query: { relations: { $contains: { targetRef: 'a:b/c' } } } }, 'The $contains operator for "relations" requires a "type" string property'],
  ['POST', '/entities/by-query', { query: { spec: { $contains: { type: 'x' } } } }, 'Object form of $contains is not supported for field "spec"'],
  ['POST', '/entities/by-query', { cursor: '' }, 'Cursor cannot be empty'],
  ['POST', '/entities/by-query', '{"limit":', /./],
  ['POST', '/entities/by-refs', {}, "request/body must have required property 'entityRefs'"],
  ['POST', '/entities/by-refs', { entityRefs: 'a' }, 'request/body/entityRefs must be array'],
  ['POST', '/refresh', { entityRef: 'a:b/c', extra: 1 }, 'request/body must NOT have additional properties'],
  ['POST', '/locations', { type: 'file', target: '/x' }, 'Registered locations must be of an allowed type ["url"]'],
  ['POST', '/locations', { target: 'https://example.com/x.yaml' }, /./],
  ['POST', '/locations/by-query', { limit: 0 }, 'Limit must be a positive integer >= 1'],
];
for (const [method, path, body, message] of cases) {
  test(`${method} ${path} ${body === undefined ? '' : JSON.stringify(body)} is a 400`, async () => {
    const answer = await refused(method, path, body);
    assert.equal(answer.status, 400);
    assert.equal(answer.name, 'InputError');
    if (typeof message === 'string') {
      assert.equal(answer.message, message);
    } else {
      assert.match(answer.message, message);
    }
  });
}

const missing = [
  ['/entities/by-uid/x', 'No entity with uid x'],
  ['/entities/by-name/Component/default/No-Such', "No entity named 'No-Such' found, with kind 'Component' in namespace 'default'"],
  ['/entities/by-name/component/default/no-such/ancestry', 'No such entity component:default/no-such'],
  ['/locations/00000000-0000-4000-8000-000000000000', 'Found no location with ID 00000000-0000-4000-8000-000000000000'],
  ['/locations/by-entity/component/default/no-such', 'found no entity for ref component:default/no-such'],
];
for (const [path, message] of missing) {
  test(`GET ${path} is a 404`, async () => {
    assert.deepEqual(await refused('GET', path), { status: 404, name: 'NotFoundError', message });
  });
}

test('an id that is no UUID is a 404 as well', deliberateDifference, async () => {
  const answer = await refused('GET', '/locations/not-a-uuid');
  assert.equal(answer.status, 404);
});

test('a negative limit in a body is a 400', deliberateDifference, async () => {
  for (const body of [{ limit: -1 }, { offset: -1 }]) {
    assert.equal((await refused('POST', '/entities/by-query', body)).status, 400);
  }
});

test('a body that is no JSON is refused by its type', async () => {
  const response = await fetch(`${process.env.CALLBOARD_URL.replace(/\/$/, '')}/api/catalog/entities/by-query`, {
    method: 'POST',
    headers: { 'Content-Type': 'text/plain' },
    body: '{}',
  });
  assert.ok([400, 401].includes(response.status), `status ${response.status}`);
});

test('an unknown route is a 404 without a body', async () => {
  const response = await request('GET', '/no-such-route');
  assert.equal(response.status, 404);
  assert.equal(await response.text(), '');
});

test('the client turns an error body into its own error', async () => {
  await assert.rejects(catalog.queryEntities({ cursor: 'bm90IG9uZQ==' }), error => {
    assert.equal(error.name, 'ResponseError');
    assert.equal(error.statusCode, 400);
    assert.equal(error.cause.name, 'InputError');
    assert.match(error.cause.message, /^Malformed cursor/);
    return true;
  });
});

test('deleting an entity that is not there is fine', async () => {
  await catalog.removeEntityByUid('00000000-0000-4000-8000-000000000000');
});

test('paths are taken in any case, with a slash at the end, and by HEAD', async () => {
  for (const [method, path] of [
    ['GET', '/Entities/?limit=1'],
    ['HEAD', '/entities?limit=1'],
  ]) {
    assert.equal((await request(method, path)).status, 200, `${method} ${path}`);
  }
});
