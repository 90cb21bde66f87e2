// From page to page, forwards to the end and back to the beginning.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { refOf } = require('../normalise');

const ORDERS = [undefined, 'metadata.name,asc', 'metadata.name,desc', 'spec.type,desc', 'metadata.tags,asc'];
const FILTERS = ['kind=component', 'kind=api,kind=user', 'metadata.tags'];
const LIMITS = [7, 31];

/** What a page shows of an entity where ties are in no particular order. */
function valueOf(entity, order) {
  if (order?.startsWith('metadata.name')) {
    return entity.metadata.name.toLowerCase();
  }
  return order?.startsWith('spec.type') ? entity.spec.type.toLowerCase() : undefined;
}

/** All pages in one direction, as the published client asks for them: by POST where the cursor holds a query. */
async function walk(server, first, direction, limit) {
  const pages = [first];
  for (let cursor = first.pageInfo[direction]; cursor; cursor = pages.at(-1).pageInfo[direction]) {
    assert.ok(pages.length < 500, 'it ends');
    const isPost = 'query' in JSON.parse(Buffer.from(cursor, 'base64').toString().replace(/^(?!\{).*/s, '{}'));
    const answer = isPost
      ? await server.post('/entities/by-query', { cursor, limit })
      : await server.ask({ path: `/entities/by-query?cursor=${encodeURIComponent(cursor)}&limit=${limit}` });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    pages.push(answer.body);
  }
  return pages;
}

function told(pages, order) {
  const items = pages.flatMap(page => page.items);
  return {
    sizes: pages.map(page => page.items.length),
    totals: pages.map(page => page.totalItems),
    refs: items.map(refOf).sort(),
    values: order && !order.startsWith('metadata.tags') ? items.map(entity => valueOf(entity, order)) : undefined,
    ways: pages.map(page => ['prevCursor', 'nextCursor'].filter(way => page.pageInfo[way])),
  };
}

function walks(pair) {
  test('walks', async t => {
    for (const order of ORDERS) {
      for (const filter of FILTERS) {
        for (const limit of LIMITS) {
          await t.test(`${filter} by ${order ?? 'nothing'}, ${limit} at a time`, async () => {
            const [expected, actual] = await pair.each(async server => {
              const query = new URLSearchParams({ filter, limit, ...(order && { orderField: order }) });
              const forward = await walk(server, await server.get(`/entities/by-query?${query}`), 'nextCursor', limit);
              const back = await walk(server, forward.at(-1), 'prevCursor', limit);
              return { forward: told(forward, order), back: told(back, order) };
            });
            assert.deepEqual(actual, expected);
          });
        }
      }
    }

    await t.test('by the link of the list', async () => {
      const [expected, actual] = await pair.each(async server => {
        const pages = [];
        let next = '/entities?filter=kind%3Dcomponent&limit=13&fields=kind,metadata.name,metadata.namespace';
        while (next) {
          const { body, link } = await server.ask({ path: next });
          pages.push({ items: body, link });
          next = link && /<([^>]+)>/.exec(link)[1];
        }
        return pages;
      });
      assert.deepEqual(actual, expected);
    });
  });
}

module.exports = { walks };
