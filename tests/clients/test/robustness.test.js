// Nonsense of all sorts: the answer is a clear refusal or a sensible result, never a failure of the server.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deliberateDifference, request } from '../support/callboard.js';
import { chooser } from '../support/entities.js';

const choose = chooser(4711);

const paths = ['/entities', '/entities/by-query', '/entity-facets', '/locations'];
const parameters = ['filter', 'fields', 'limit', 'offset', 'after', 'order', 'orderField', 'cursor', 'facet', 'totalItems', 'fullTextFilterTerm'];
const values = [
  '', ' ', ',', ',,=', '=', 'kind=', '=x', 'kind=component', 'kind==x', 'a'.repeat(5000), '%00', '%F0%9F%A6%80', '%ff', '%', '%25', '-1', '0', '1e3',
  '99999999999999999999', 'NaN', 'asc:', 'asc:metadata.name', 'metadata.name,asc', 'metadata.name,asc,desc', '[]', '{}', '"', "'", '\\', '../..',
  'eyJxdWVyeSI6e319', 'e30=', 'bnVsbA==', 'W10=', 'eyJsaW1pdCI6LTEsIm9mZnNldCI6MWUzMDB9', 'metadata.annotations.backstage.io/x=y', '$all', '__proto__', 'constructor',
];

const bodies = [
  null, 0, [], 'text', {}, { query: [] }, { query: { $all: {} } }, { query: { $any: [null] } }, { query: { $not: [] } }, { query: { '': '' } },
  { query: { $unknown: 1 } }, { query: { kind: { $in: 'x' } } }, { query: { kind: { $in: [[]] } } }, { query: { kind: { $exists: 'yes' } } },
  { query: { kind: { $hasPrefix: 1 } } }, { query: { relations: { $contains: [] } } }, { query: { __proto__: { kind: 'x' } } }, { limit: -1 }, { limit: 1.5 },
  { limit: 1e300 }, { limit: '3' }, { offset: -5 }, { orderBy: {} }, { orderBy: [{}] }, { orderBy: [{ field: 1, order: 'up' }] }, { fields: 'kind' }, { fields: [1] },
  { cursor: 1 }, { cursor: 'e30=' }, { cursor: 'bnVsbA==' }, { fullTextFilter: 1 }, { fullTextFilter: { term: 1 } }, { totalItems: 'x' }, { entityRefs: [1, null] },
  { entityRefs: [''] }, { entityRefs: ['a:b/c', '\u0000'] }, { facets: 'kind' }, { facets: [1] }, { facets: [''] }, { entityRef: 1 }, { entityRef: '' }, { entityRef: 'a' },
  { type: 'url', target: '' }, { type: 'url', target: 'javascript:alert(1)' }, { type: 'url', target: 'http://' }, { entity: 1, location: 1 },
  { entity: {}, location: 'url:x' }, { entity: { kind: [] }, location: 'url:https://example.com/x' }, { location: {} }, { location: { type: 'url', target: 1 } },
];
const posts = ['/entities/by-query', '/entities/by-refs', '/entity-facets', '/refresh', '/locations?dryRun=true', '/locations/by-query', '/validate-entity', '/analyze-location'];

/** Refusals have a body that the client understands. */
async function check(method, path, body) {
  const response = await request(method, path, body);
  const text = await response.text();
  const what = `${method} ${path.slice(0, 300)} ${JSON.stringify(body)} answered ${response.status}: ${text.slice(0, 300)}`;
  assert.ok(response.status < 500, what);
  if (response.status >= 400) {
    const answer = JSON.parse(text);
    assert.ok(answer.errors || (answer.error.name && answer.error.message && answer.response.statusCode === response.status), what);
  }
}

test('query strings', deliberateDifference, async () => {
  for (let round = 0; round < 400; round += 1) {
    const query = Array.from({ length: 1 + choose.below(3) }, () => `${choose.of(parameters)}=${choose.of(values)}`).join('&');
    await check('GET', `${choose.of(paths)}?${query}`);
  }
});

test('bodies', deliberateDifference, async () => {
  for (const path of posts) {
    for (const body of bodies) {
      await check('POST', path, JSON.stringify(body));
    }
    await check('POST', path, '{"a":');
    await check('POST', path, '['.repeat(10_000));
  }
});

test('names and ids in paths', deliberateDifference, async () => {
  for (const value of values.filter(candidate => candidate.trim() && !candidate.includes('/'))) {
    for (const path of [`/entities/by-uid/${value}`, `/entities/by-name/component/default/${value}`, `/entities/by-name/${value}/x/y`, `/locations/${value}`]) {
      const response = await request('GET', path);
      assert.ok(response.status < 500, `${path} answered ${response.status}`);
      await response.arrayBuffer();
    }
  }
});
