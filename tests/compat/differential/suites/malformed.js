// Bodies and queries of which several members are missing, too many or wrong: both name the same one.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');

const NO_LOCATION = '00000000-0000-4000-8000-000000000000';
/** What is asked, each with members that are given one wrong value, left out, or given in addition. */
const BODIES = [
  { path: '/entities/by-refs', members: { entityRefs: 'a', fields: 1, query: [] } },
  { path: '/entities/by-refs', members: { entityRefs: [1], fields: [2] } },
  { path: '/entities/by-query', members: { cursor: 1, limit: 'a', offset: 'b', fields: 1, query: [] } },
  { path: '/entities/by-query', members: { orderBy: 1, fullTextFilter: 1, limit: 'a' } },
  { path: '/entities/by-query', members: { orderBy: [{ field: 1, order: 'x' }], fullTextFilter: { term: 1, fields: 2 } } },
  { path: '/entities/by-query', members: { orderBy: [{ order: 'x' }], fullTextFilter: { fields: [1] } } },
  { path: '/entity-facets', members: { facets: 1, query: [] } },
  { path: '/entity-facets', members: { facets: [1], query: 1 } },
  { path: '/refresh', members: { entityRef: 1, authorizationToken: 2, other: 3 } },
  { path: '/validate-entity', members: { entity: 1, location: 2 } },
  { path: '/analyze-location', members: { location: 1, catalogFilename: 2 } },
  { path: '/analyze-location', members: { location: { type: 1 }, catalogFilename: 2 } },
  { path: '/analyze-location', members: { location: { type: 1, target: 2 } } },
  { path: '/locations', members: { type: 1, target: 2 } },
  { method: 'PUT', path: `/locations/${NO_LOCATION}`, members: { type: 1, target: 2, other: 3 } },
];
const QUERIES = [
  { path: '/entities', parameters: { limit: 'x', offset: '-1', after: '' } },
  { path: '/entities/by-query', parameters: { limit: 'x', offset: '-1', totalItems: 'some' } },
  { path: '/entities/by-query', parameters: { limit: '1.5', totalItems: 'some', unknown: '1' } },
  { path: '/entity-facets', parameters: { filter: 'kind=a', unknown: 'x' } },
];

/** All selections of an object's members but the empty one. */
function selections(members) {
  return Object.entries(members)
    .reduce((found, member) => [...found, ...found.map(each => [...each, member])], [[]])
    .filter(found => found.length > 0)
    .map(Object.fromEntries);
}

function malformed(pair) {
  test('malformed requests', async t => {
    const compare = async (question, what) => {
      const [expected, actual] = await pair.ask(question);
      assert.ok(expected.status >= 400, what);
      assert.deepEqual(
        { status: actual.status, error: actual.body.error },
        { status: expected.status, error: expected.body.error },
        `${question.path} ${what}`,
      );
    };
    for (const { method = 'POST', path, members } of BODIES) {
      await t.test(`${method} ${path} with ${Object.keys(members)}`, async () => {
        for (const body of selections(members)) {
          await compare({ method, path, body }, JSON.stringify(body));
        }
      });
    }
    for (const { path, parameters } of QUERIES) {
      await t.test(`GET ${path} with ${Object.keys(parameters)}`, async () => {
        for (const chosen of selections(parameters)) {
          const query = new URLSearchParams(chosen).toString();
          await compare({ path: `${path}?${query}` }, query);
        }
      });
    }
  });
}

module.exports = { malformed };
