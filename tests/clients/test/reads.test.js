// Entities by name, by refs, by uid, as lists, and their ancestry.
import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import { parseEntityRef } from '@backstage/catalog-model';
import { catalog, request } from '../support/callboard.js';
import { compareBytes, everything, refOf, refsOf, sortedRefs } from '../support/entities.js';
import { matches } from '../support/search-rows.js';

let all;
before(async () => {
  all = await everything();
});

test('every entity has what the server adds', () => {
  for (const entity of all) {
    assert.match(entity.metadata.uid, /^[0-9a-f-]{36}$/);
    assert.match(entity.metadata.etag, /^[0-9a-f]{40}$/);
    assert.equal(typeof entity.metadata.namespace, 'string');
    assert.ok(Array.isArray(entity.relations));
    assert.match(entity.metadata.annotations['backstage.io/managed-by-location'], /^[a-z]+:/);
    assert.match(entity.metadata.annotations['backstage.io/managed-by-origin-location'], /^[a-z]+:/);
    const ordered = [...entity.relations].sort((a, b) => compareBytes(a.type, b.type) || compareBytes(a.targetRef, b.targetRef));
    assert.deepEqual(entity.relations, ordered, `relations of ${refOf(entity)} are in order`);
  }
  assert.equal(new Set(refsOf(all)).size, all.length, 'no entity is there twice');
});

test('relations are seen from both ends', () => {
  const reverse = new Map(
    [
      ['ownedBy', 'ownerOf'],
      ['partOf', 'hasPart'],
      ['providesApi', 'apiProvidedBy'],
      ['consumesApi', 'apiConsumedBy'],
      ['dependsOn', 'dependencyOf'],
      ['memberOf', 'hasMember'],
      ['childOf', 'parentOf'],
    ].flatMap(([forward, backward]) => [
      [forward, backward],
      [backward, forward],
    ]),
  );
  const byRef = new Map(all.map(entity => [refOf(entity), entity]));
  let checked = 0;
  for (const entity of all) {
    for (const { type, targetRef } of entity.relations) {
      const far = byRef.get(targetRef);
      if (far) {
        assert.ok(
          far.relations.some(back => back.type === reverse.get(type) && back.targetRef === refOf(entity)),
          `${targetRef} knows of ${refOf(entity)} ${type}`,
        );
        checked += 1;
      }
    }
  }
  assert.ok(checked > 0, 'some relation has both ends in the catalog');
});

test('getEntityByRef finds by text and by parts, in any case', async () => {
  for (const entity of all.slice(0, 10)) {
    const { kind, namespace, name } = parseEntityRef(refOf(entity));
    assert.deepEqual(await catalog.getEntityByRef(refOf(entity)), entity);
    assert.deepEqual(await catalog.getEntityByRef({ kind: kind.toUpperCase(), namespace, name: name.toUpperCase() }), entity);
  }
});

test('getEntityByRef is undefined for what there is not', async () => {
  assert.equal(await catalog.getEntityByRef('component:default/there-is-no-such-thing'), undefined);
  assert.equal(await catalog.getEntityByRef('nokind:nowhere/nothing'), undefined);
});

test('by-uid answers the entity, and 404 for another uid', async () => {
  const [entity] = all;
  const found = await request('GET', `/entities/by-uid/${entity.metadata.uid}`);
  assert.equal(found.status, 200);
  assert.deepEqual(await found.json(), entity);
  const missing = await request('GET', '/entities/by-uid/00000000-0000-4000-8000-000000000000');
  assert.equal(missing.status, 404);
  assert.equal((await missing.json()).error.name, 'NotFoundError');
});

test('getEntitiesByRefs keeps order, holes and repetitions', async () => {
  const wanted = all.slice(0, 5);
  const entityRefs = [refOf(wanted[4]), 'component:default/there-is-no-such-thing', ...refsOf(wanted), refOf(wanted[0])];
  const { items } = await catalog.getEntitiesByRefs({ entityRefs });
  assert.deepEqual(items, [wanted[4], undefined, ...wanted, wanted[0]]);
  assert.deepEqual(await catalog.getEntitiesByRefs({ entityRefs: [] }), { items: [] });
});

test('getEntitiesByRefs takes fields, a filter and a query', async () => {
  const entityRefs = refsOf(all.slice(0, 30));
  const kind = all[3].kind;
  for (const condition of [{ filter: { kind } }, { query: { kind } }, { filter: { kind }, query: { 'metadata.name': { $exists: true } } }]) {
    const { items } = await catalog.getEntitiesByRefs({ entityRefs, fields: ['kind', 'metadata.name'], ...condition });
    const expected = all
      .slice(0, 30)
      .map(entity => (entity.kind === kind ? { kind: entity.kind, metadata: { name: entity.metadata.name } } : undefined));
    assert.deepEqual(items, expected);
  }
});

test('getEntitiesByRefs works beyond the size of one request', async () => {
  const entityRefs = Array.from({ length: 2500 }, (_, index) => refOf(all[index % all.length]));
  const { items } = await catalog.getEntitiesByRefs({ entityRefs, fields: ['kind', 'metadata.name', 'metadata.namespace'] });
  assert.deepEqual(refsOf(items), entityRefs);
});

test('getEntities filters by object, by several objects, by list of values and by existence', async () => {
  const kinds = [...new Set(all.map(entity => entity.kind))];
  const typed = all.find(entity => entity.spec?.type && entity.kind !== 'Location');
  const cases = [
    [{ kind: kinds[0] }, { kind: kinds[0] }],
    [{ kind: [kinds[0], kinds[1]] }, { kind: { $in: [kinds[0], kinds[1]] } }],
    [[{ kind: kinds[0] }, { kind: kinds[1] }], { kind: { $in: [kinds[0], kinds[1]] } }],
    [
      { kind: typed.kind, 'spec.type': typed.spec.type },
      { kind: typed.kind, 'spec.type': typed.spec.type },
    ],
    [{ 'spec.lifecycle': CATALOG_FILTER_EXISTS }, { 'spec.lifecycle': { $exists: true } }],
    [{ 'relations.OWNEDBY': CATALOG_FILTER_EXISTS, KIND: 'component' }, { 'relations.ownedby': { $exists: true }, kind: 'component' }],
    [[{ kind: 'nokind' }, { 'metadata.name': 'there-is-no-such-thing' }], { kind: 'nokind' }],
  ];
  for (const [filter, predicate] of cases) {
    const { items } = await catalog.getEntities({ filter });
    const expected = all.filter(entity => matches(entity, predicate));
    assert.deepEqual(sortedRefs(items), sortedRefs(expected), JSON.stringify(predicate));
  }
});

test('getEntities projects fields', async () => {
  const annotation = 'metadata.annotations.backstage.io/managed-by-location';
  const { items } = await catalog.getEntities({ fields: ['kind', 'metadata.name', annotation, 'spec.no-such-member'] });
  assert.equal(items.length, all.length);
  const { metadata, ...rest } = items[0];
  assert.deepEqual(Object.keys(rest), ['kind']);
  assert.deepEqual(Object.keys(metadata).sort(), ['annotations', 'name']);
  assert.deepEqual(Object.keys(metadata.annotations), ['backstage.io/managed-by-location']);
});

test('getEntities pages by offset in the order of refs', async () => {
  const expected = refsOf(all).sort(compareBytes);
  const seen = [];
  for (let offset = 0; offset < all.length + 7; offset += 7) {
    const { items } = await catalog.getEntities({ offset, limit: 7 });
    seen.push(...refsOf(items));
  }
  assert.deepEqual(seen, expected);
});

test('the Link header leads through all pages', async () => {
  const seen = [];
  let path = '/entities?limit=13&filter=kind%3Dcomponent&fields=kind,metadata.name,metadata.namespace';
  while (path) {
    const response = await request('GET', path);
    assert.equal(response.status, 200);
    seen.push(...refsOf(await response.json()));
    const link = response.headers.get('link');
    path = link?.match(/^<([^>]+)>; rel="next"$/)?.[1];
    assert.equal(Boolean(link), Boolean(path), 'a Link header has one next address');
  }
  assert.deepEqual(seen, sortedRefs(all.filter(entity => entity.kind === 'Component')));
});

test('getEntities takes `after` as well', async () => {
  const after = Buffer.from('{"limit":4,"offset":3}').toString('base64');
  const { items } = await catalog.getEntities({ after });
  assert.deepEqual(refsOf(items), refsOf(all).sort(compareBytes).slice(3, 7));
});

test('getEntities orders, and leaves out what lacks the field only when not paged', async () => {
  const typed = all.filter(entity => entity.spec?.type);
  for (const order of ['asc', 'desc']) {
    const { items } = await catalog.getEntities({ order: { field: 'spec.type', order } });
    const types = items.map(entity => entity.spec.type.toLowerCase());
    const expected = typed.map(entity => entity.spec.type.toLowerCase()).sort(compareBytes);
    assert.deepEqual(types, order === 'asc' ? expected : expected.reverse());

    const paged = await catalog.getEntities({ order: { field: 'spec.type', order }, limit: all.length + 1 });
    assert.deepEqual(paged.items.slice(0, typed.length).map(entity => entity.spec.type.toLowerCase()), types);
    assert.equal(paged.items.length, all.length, 'the others follow');
  }
});

test('getEntityAncestors leads up to a root', async () => {
  const byRef = new Map(all.map(entity => [refOf(entity), entity]));
  const entity = all.find(candidate => candidate.kind === 'Component');
  const { rootEntityRef, items } = await catalog.getEntityAncestors({ entityRef: refOf(entity) });
  assert.equal(rootEntityRef, refOf(entity));
  assert.deepEqual(items[0].entity, entity);
  assert.ok(items.length >= 2, 'a component comes from a location');
  const listed = new Set(items.map(item => refOf(item.entity)));
  assert.equal(listed.size, items.length, 'each ancestor is there once');
  for (const item of items) {
    assert.deepEqual(item.entity, byRef.get(refOf(item.entity)));
    for (const parent of item.parentEntityRefs) {
      assert.ok(listed.has(parent), `${parent} is in the answer`);
    }
  }
  assert.ok(items.some(item => item.parentEntityRefs.length === 0), 'one of them is a root');
});

test('getEntityAncestors refuses what there is not', async () => {
  await assert.rejects(catalog.getEntityAncestors({ entityRef: 'component:default/there-is-no-such-thing' }), { statusCode: 404 });
});
