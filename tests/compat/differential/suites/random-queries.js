// Filters and predicates put together by chance from the keys and values there are, with facets and refs.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { chooser } = require('../generated');
const { normalise, refOf } = require('../normalise');

const COUNT = Number(process.env.CALLBOARD_COMPAT_QUERIES ?? 150);

/** What filters can name: pairs of key and value, those that many entities share as well as rare ones. */
async function vocabulary(entities) {
  const { searchRows } = await import('../../../clients/support/search-rows.js');
  const pairs = new Map();
  for (const entity of entities.values()) {
    for (const { key, value } of searchRows(entity)) {
      if (!key.startsWith('metadata.uid')) {
        pairs.set(`${key}\0${value}`, [key, value]);
      }
    }
  }
  return [...pairs.values()];
}

function statement(choice, words) {
  const [key, value] = choice.of(words);
  const spelled = choice.chance(20) ? key.toUpperCase() : key;
  // A comma separates, and there is no way to write one.
  if (value === null || value.includes(',') || key.includes(',') || key.includes('=') || choice.chance(20)) {
    return key.includes(',') || key.includes('=') ? 'kind' : spelled;
  }
  return `${spelled}=${choice.chance(20) ? value.toUpperCase() : value}`;
}

function predicate(choice, words, depth = 0) {
  const members = () => Array.from({ length: choice.below(4) }, () => predicate(choice, words, depth + 1));
  if (depth < 3 && choice.chance(40)) {
    return choice.of([() => ({ $all: members() }), () => ({ $any: members() }), () => ({ $not: predicate(choice, words, depth + 1) })])();
  }
  const [key, value] = choice.of(words);
  const text = value ?? 'x';
  const matcher = choice.of([text, { $exists: choice.chance(50) }, { $in: [text, choice.of(words)[1] ?? 'y'] }, { $in: [] }, { $hasPrefix: text.slice(0, 3) }, { $contains: text }]);
  if (choice.chance(10)) {
    return { relations: { $contains: { type: choice.of(['ownedBy', 'OWNEROF', 'partOf', 'none']) } } };
  }
  return key.startsWith('$') ? {} : { [key]: matcher };
}

const refs = body => (Array.isArray(body) ? body : body.items).map(refOf).sort();

function randomQueries(pair) {
  test('random queries', async t => {
    const choice = chooser(7);
    const [reference, subject] = await pair.each(server => server.everything());
    const common = new Map([...reference].filter(([ref]) => subject.has(ref)));
    const words = await vocabulary(common);
    // What only one of the two has is no difference here.
    const shared = list => list.filter(ref => common.has(ref));

    await t.test('filters', async () => {
      for (let number = 0; number < COUNT; number += 1) {
        const sets = Array.from({ length: 1 + choice.below(3) }, () => Array.from({ length: 1 + choice.below(3) }, () => statement(choice, words)).join(','));
        const query = sets.map(set => `filter=${encodeURIComponent(set)}`).join('&');
        const path = `/entities?fields=kind,metadata.name,metadata.namespace&${query}`;
        const [expected, actual] = await pair.ask({ path });
        assert.equal(actual.status, expected.status, `${path}: ${JSON.stringify(actual.body)}`);
        if (expected.status === 200) {
          assert.deepEqual(shared(refs(actual.body)), shared(refs(expected.body)), sets.join(' | '));
        }
      }
    });

    await t.test('predicates', async () => {
      for (let number = 0; number < COUNT; number += 1) {
        const body = { query: predicate(choice, words), limit: 2000 };
        const [expected, actual] = await pair.ask({ method: 'POST', path: '/entities/by-query', body });
        assert.equal(actual.status, expected.status, `${JSON.stringify(body)}: ${JSON.stringify(actual.body)}`);
        if (expected.status === 200) {
          assert.deepEqual(shared(refs(actual.body)), shared(refs(expected.body)), JSON.stringify(body));
        }
      }
    });

    await t.test('text', async () => {
      for (let number = 0; number < COUNT / 3; number += 1) {
        const [key, value] = choice.of(words);
        const start = choice.below(Math.max(1, (value ?? '').length));
        const term = (value ?? 'x').slice(start, start + 1 + choice.below(5)).replace(/[%_\\]/g, 'a') || 'a';
        const body = { fullTextFilter: { term, fields: [key, 'metadata.name'] }, limit: 2000 };
        const [expected, actual] = await pair.ask({ method: 'POST', path: '/entities/by-query', body });
        assert.equal(actual.status, expected.status, JSON.stringify(body));
        assert.deepEqual(shared(refs(actual.body)), shared(refs(expected.body)), JSON.stringify(body));
      }
    });

    await t.test('facets of every key', async () => {
      const keys = [...new Set(words.map(([key]) => key))].filter(key => !key.includes('managed-by'));
      const filter = 'filter=kind=component&filter=kind=api&filter=kind=user&filter=kind=group&filter=kind=resource,metadata.name';
      for (let start = 0; start < keys.length; start += 20) {
        const query = keys.slice(start, start + 20).map(key => `facet=${encodeURIComponent(key)}`).join('&');
        const [expected, actual] = (await pair.ask({ path: `/entity-facets?${query}&${filter}` })).map(answer => normalise('facets', answer));
        assert.deepEqual(actual, expected);
      }
    });

    await t.test('entities by refs', async () => {
      const entityRefs = [...common.keys()].filter(() => choice.chance(30)).slice(0, 400);
      const mixed = entityRefs.map(ref => (choice.chance(5) ? 'component:default/no-such' : ref));
      const body = { entityRefs: mixed, fields: ['kind', 'metadata.name', 'metadata.namespace', 'spec.type', 'metadata.labels'] };
      for (const query of ['', '?filter=kind=component', '?filter=metadata.tags']) {
        const [expected, actual] = (await pair.ask({ method: 'POST', path: `/entities/by-refs${query}`, body })).map(answer => normalise(undefined, answer));
        assert.deepEqual(actual, expected, query);
      }
    });
  });
}

module.exports = { randomQueries };
