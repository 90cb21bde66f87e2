// Pages of queryEntities and streamEntities: forward to the end and back to the start, in several orders.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { catalog, deliberateDifference, request } from '../support/callboard.js';
import { compareBytes, everything, refsOf, sortedRefs } from '../support/entities.js';
import { matches, searchRows, valuesOf } from '../support/search-rows.js';

let all;
before(async () => {
  all = await everything();
});

/** How often each entity comes: once, or once a value where it is ordered by a field with several. */
function expectedItems(predicate, orderField) {
  const hits = all.filter(entity => matches(entity, predicate));
  if (!orderField) {
    return hits;
  }
  return hits.flatMap(entity => valuesOf(entity, orderField).map(() => entity));
}

/** Walks from the first page to the last by `nextCursor`, and back by `prevCursor`; both ways must show the same items. */
async function walk(initial, limit) {
  const forward = [];
  let page = await catalog.queryEntities({ ...initial, limit });
  const { totalItems } = page;
  assert.equal(page.pageInfo.prevCursor, undefined, 'nothing comes before the first page');
  for (;;) {
    assert.equal(page.totalItems, totalItems, 'the total stays');
    forward.push(page.items);
    if (!page.pageInfo.nextCursor) {
      break;
    }
    assert.equal(page.items.length, limit, 'only the last page is short');
    page = await catalog.queryEntities({ cursor: page.pageInfo.nextCursor, limit });
  }

  const backward = [page.items];
  while (page.pageInfo.prevCursor) {
    page = await catalog.queryEntities({ cursor: page.pageInfo.prevCursor, limit });
    assert.ok(page.pageInfo.nextCursor, 'a page reached backwards has a next one');
    backward.unshift(page.items);
  }
  assert.deepEqual(refsOf(backward.flat()), refsOf(forward.flat()), 'the way back shows the same');
  return { items: forward.flat(), totalItems };
}

const tagged = { 'metadata.tags': { $exists: true } };
const scenarios = [
  { name: 'no order', initial: {}, predicate: {} },
  { name: 'no order, filtered', initial: { filter: { kind: 'component' } }, predicate: { kind: 'component' } },
  { name: 'by name', initial: { orderFields: { field: 'metadata.name', order: 'asc' } }, predicate: {}, field: 'metadata.name' },
  {
    name: 'by name, descending, filtered',
    initial: { filter: { kind: ['component', 'template', 'api'] }, orderFields: { field: 'metadata.name', order: 'desc' } },
    predicate: { kind: { $in: ['component', 'template', 'api'] } },
    field: 'metadata.name',
  },
  { name: 'by type, descending', initial: { orderFields: { field: 'spec.type', order: 'desc' } }, predicate: {}, field: 'spec.type' },
  {
    name: 'by type, by predicate query',
    initial: { query: { kind: 'component' }, orderFields: { field: 'spec.type', order: 'asc' } },
    predicate: { kind: 'component' },
    field: 'spec.type',
  },
  {
    name: 'by a field with several values',
    initial: { query: tagged, orderFields: { field: 'metadata.tags', order: 'asc' } },
    predicate: tagged,
    field: 'metadata.tags',
  },
];

for (const { name, initial, predicate, field } of scenarios) {
  describe(name, () => {
    for (const limit of [1, 2, 7]) {
      test(`pages of ${limit}`, async () => {
        const { items, totalItems } = await walk(initial, limit);
        const expected = expectedItems(predicate, field);
        assert.deepEqual(sortedRefs(items), sortedRefs(expected), 'each is there as often as it should');
        assert.equal(totalItems, new Set(refsOf(expected)).size, 'the total counts entities');
        if (field && new Set(refsOf(expected)).size === expected.length) {
          const values = items.map(entity => valuesOf(entity, field)[0]);
          const ordered = [...values].sort(compareBytes);
          assert.deepEqual(values, initial.orderFields.order === 'asc' ? ordered : ordered.reverse(), 'they are in order');
        }
      });
    }
  });
}

test('the size of pages may change on the way, and fields are given with each request', async () => {
  const fields = ['kind', 'metadata.name', 'metadata.namespace'];
  const first = await catalog.queryEntities({ limit: 3, orderFields: { field: 'metadata.name', order: 'asc' } });
  const second = await catalog.queryEntities({ cursor: first.pageInfo.nextCursor, limit: 5, fields });
  assert.equal(second.items.length, 5);
  assert.deepEqual(Object.keys(second.items[0]).sort(), ['kind', 'metadata']);
  const back = await catalog.queryEntities({ cursor: second.pageInfo.prevCursor, limit: 3 });
  assert.deepEqual(back.items, first.items);
});

test('GET and POST take each other’s cursors', async () => {
  const order = { field: 'metadata.name', order: 'asc' };
  const byGet = await (await request('GET', '/entities/by-query?limit=2&orderField=metadata.name,asc&filter=kind=component')).json();
  const byPost = await (await request('POST', '/entities/by-query', { limit: 2, orderBy: [order], query: { kind: 'component' } })).json();
  assert.deepEqual(refsOf(byGet.items), refsOf(byPost.items));
  const next = await (await request('POST', '/entities/by-query', { cursor: byGet.pageInfo.nextCursor, limit: 2 })).json();
  const cursor = encodeURIComponent(byPost.pageInfo.nextCursor);
  const nextToo = await (await request('GET', `/entities/by-query?limit=2&cursor=${cursor}`)).json();
  assert.equal(next.items.length, 2);
  assert.deepEqual(refsOf(next.items), refsOf(nextToo.items));
});

test('an order field without a direction leads to a second page', deliberateDifference, async () => {
  const first = await (await request('GET', '/entities/by-query?limit=2&orderField=metadata.name')).json();
  const cursor = encodeURIComponent(first.pageInfo.nextCursor);
  const second = await request('GET', `/entities/by-query?limit=2&cursor=${cursor}`);
  assert.equal(second.status, 200);
  assert.equal((await second.json()).items.length, 2);
});

test('limit 0 counts only', async () => {
  const filter = { kind: 'component' };
  const page = await catalog.queryEntities({ limit: 0, filter });
  const expected = all.filter(entity => entity.kind === 'Component').length;
  assert.deepEqual(page, { items: [], totalItems: expected, pageInfo: {} });
});

test('the total can be left out', async () => {
  const page = await catalog.queryEntities({ limit: 2, totalItems: 'exclude' });
  assert.equal(page.totalItems, 0);
  assert.equal(page.items.length, 2);
});

test('offset passes over items, and the first page after it has none before', async () => {
  const orderFields = { field: 'metadata.uid', order: 'asc' };
  const whole = await catalog.queryEntities({ orderFields, limit: 12 });
  const page = await catalog.queryEntities({ orderFields, offset: 5, limit: 3 });
  assert.deepEqual(refsOf(page.items), refsOf(whole.items).slice(5, 8));
  assert.equal(page.pageInfo.prevCursor, undefined);
  assert.equal(page.totalItems, whole.totalItems);
});

test('text is looked for in the fields named, without regard to case', async () => {
  const fields = ['metadata.name', 'metadata.title'];
  const words = all.flatMap(entity => entity.metadata.name.split(/[-_.]/)).filter(word => word.length > 3);
  for (const word of new Set([words[0], words[Math.floor(words.length / 2)], 'no-entity-has-this-text'])) {
    const expected = all.filter(entity =>
      searchRows(entity).some(row => fields.includes(row.key) && row.value?.includes(word.toLowerCase())),
    );
    const term = ` ${word.toUpperCase()} `;
    const page = await catalog.queryEntities({ fullTextFilter: { term, fields }, limit: all.length });
    assert.deepEqual(sortedRefs(page.items), sortedRefs(expected));
    assert.equal(page.totalItems, expected.length);
    const ordered = await catalog.queryEntities({
      fullTextFilter: { term },
      orderFields: { field: 'metadata.name', order: 'asc' },
      limit: all.length,
    });
    const inName = expected.filter(entity => entity.metadata.name.toLowerCase().includes(word.toLowerCase()));
    assert.deepEqual(sortedRefs(ordered.items), sortedRefs(inName), 'without fields it is the order field');
  }
});

test('text and cursors go together', async () => {
  const fullTextFilter = { term: 'e', fields: ['metadata.name'] };
  const orderFields = { field: 'metadata.name', order: 'asc' };
  const { items } = await walk({ fullTextFilter, orderFields }, 3);
  assert.deepEqual(sortedRefs(items), sortedRefs(all.filter(entity => /e/i.test(entity.metadata.name))));
});

test('streamEntities gives all, in parts', async () => {
  const parts = [];
  for await (const part of catalog.streamEntities({ pageSize: 6, filter: { kind: ['component', 'location'] } })) {
    parts.push(part);
  }
  assert.ok(parts.slice(0, -1).every(part => part.length === 6));
  const expected = all.filter(entity => ['Component', 'Location'].includes(entity.kind));
  assert.deepEqual(sortedRefs(parts.flat()), sortedRefs(expected));
});
