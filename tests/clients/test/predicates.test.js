// Filters and predicate queries, each answer checked entity by entity.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { catalog, request } from '../support/callboard.js';
import { chooser, everything, sortedRefs } from '../support/entities.js';
import { matches, searchRows } from '../support/search-rows.js';

let all;
before(async () => {
  all = await everything();
});

async function check(predicate) {
  const { items, totalItems } = await catalog.queryEntities({ query: predicate, limit: all.length + 1 });
  const expected = all.filter(entity => matches(entity, predicate));
  assert.deepEqual(sortedRefs(items), sortedRefs(expected), JSON.stringify(predicate));
  assert.equal(totalItems, expected.length);
}

test('each operator', async () => {
  const owned = all.find(entity => entity.relations.some(relation => relation.type === 'ownedBy'));
  const owner = owned.relations.find(relation => relation.type === 'ownedBy').targetRef;
  const prefix = owned.metadata.name.slice(0, 2).toUpperCase();
  const predicates = [
    {},
    { kind: 'Component' },
    { KIND: 'cOMPONENT', 'spec.type': { $exists: true } },
    { 'spec.type': { $exists: false } },
    { kind: { $in: ['api', 'Location', 'nokind'] } },
    { kind: { $in: [] } },
    { 'metadata.name': { $hasPrefix: prefix } },
    { 'metadata.name': { $hasPrefix: '' } },
    { 'metadata.name': { $hasPrefix: '%' } },
    { $not: { kind: 'component' } },
    { $all: [{ kind: 'component' }, { 'relations.ownedBy': owner }] },
    { $any: [{ kind: 'location' }, { 'metadata.tags': { $exists: true } }] },
    { $all: [] },
    { $any: [] },
    { $not: { $all: [{ kind: 'component' }, { $not: { 'spec.type': 'library' } }] } },
    { relations: { $contains: { type: 'ownedBy' } } },
    { relations: { $contains: { type: 'OWNEDBY', targetRef: owner.toUpperCase() } } },
    { relations: { $contains: { type: 'ownedBy', targetRef: { $in: [owner, 'group:default/nobody'] } } } },
    { 'spec.type': { $contains: 'service' } },
  ];
  for (const predicate of predicates) {
    await check(predicate);
  }
});

test('predicates put together at random', async () => {
  const choose = chooser(20_260_101);
  const rows = all.flatMap(searchRows).filter(row => row.value !== null && !row.key.startsWith('metadata.annotations.backstage.io'));
  const leaf = () => {
    const row = choose.of(rows);
    return choose.of([
      { [row.key]: row.value },
      { [row.key]: { $exists: choose.below(2) === 0 } },
      { [row.key]: { $in: [row.value, choose.of(rows).value] } },
      { [row.key]: { $hasPrefix: row.value.slice(0, 1 + choose.below(4)) } },
      { kind: choose.of(all).kind, [row.key]: row.value },
    ]);
  };
  const tree = depth => {
    if (depth === 0) {
      return leaf();
    }
    const members = Array.from({ length: 1 + choose.below(3) }, () => tree(depth - 1));
    return choose.of([{ $all: members }, { $any: members }, { $not: members[0] }, members[0]]);
  };
  for (let round = 0; round < 60; round += 1) {
    await check(tree(choose.below(4)));
  }
});

test('filter strings mean what they say', async () => {
  const kinds = [...new Set(all.map(entity => entity.kind))];
  const tag = all.flatMap(entity => entity.metadata.tags ?? [])[0];
  const cases = [
    [`filter=kind=${kinds[0]},kind=${kinds[1]}`, { kind: { $in: [kinds[0], kinds[1]] } }],
    [`filter=kind=${kinds[0]}&filter=kind=${kinds[1]},spec.type`, { $any: [{ kind: kinds[0] }, { kind: kinds[1], 'spec.type': { $exists: true } }] }],
    [`filter=kind,kind=${kinds[0]}`, { kind: kinds[0] }],
    [`filter=Kind=${kinds[0]},kind=${kinds[1]}`, { $all: [{ kind: kinds[0] }, { kind: kinds[1] }] }],
    [`filter=%20kind%20=%20${kinds[0]}%20,,`, { kind: kinds[0] }],
    ['filter=kind=', { kind: '' }],
    ['filter=,', {}],
    ['filter=relations', { relations: { $exists: true } }],
    ...(tag
      ? [
          [`filter=metadata.tags=${tag}`, { 'metadata.tags': tag }],
          [`filter=metadata.tags.${tag}`, { 'metadata.tags': tag }],
          [`filter=metadata.tags.${tag}=true`, { 'metadata.tags': tag }],
        ]
      : []),
  ];
  for (const [parameters, predicate] of cases) {
    const response = await request('GET', `/entities?${parameters}`);
    assert.equal(response.status, 200, parameters);
    const expected = all.filter(entity => matches(entity, predicate));
    assert.deepEqual(sortedRefs(await response.json()), sortedRefs(expected), parameters);
  }
});

test('facets count the values as they are written', async () => {
  const facets = ['kind', 'spec.type', 'metadata.tags', 'RELATIONS.ownedBy', 'metadata.namespace', 'no.such.field'];
  for (const [request_, predicate] of [
    [{}, {}],
    [{ filter: { kind: 'component' } }, { kind: 'component' }],
    [{ query: { $not: { kind: 'location' } } }, { $not: { kind: 'location' } }],
  ]) {
    const answer = await catalog.getEntityFacets({ facets, ...request_ });
    const chosen = all.filter(entity => matches(entity, predicate));
    assert.deepEqual(Object.keys(answer.facets).sort(), [...facets].sort());
    for (const facet of facets) {
      const counts = new Map();
      for (const entity of chosen) {
        const values = searchRows(entity).filter(row => row.key === facet.toLowerCase() && row.original !== null);
        for (const { original } of values) {
          counts.set(original, (counts.get(original) ?? 0) + 1);
        }
      }
      const expected = [...counts].map(([value, count]) => ({ value, count })).sort((a, b) => Buffer.compare(Buffer.from(a.value), Buffer.from(b.value)));
      assert.deepEqual(answer.facets[facet], expected, facet);
    }
  }
});
