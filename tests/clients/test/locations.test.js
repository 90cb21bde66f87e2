// The life of a registered location: tried out, added, found again, moved, refreshed and removed.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { catalog, request } from '../support/callboard.js';
import { eventually, refOf, sortedRefs } from '../support/entities.js';
import { serveFiles } from '../support/file-server.js';

const component = (name, more = '') => `---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata:
  name: ${name}
spec:
  type: service
  lifecycle: experimental
  owner: client-tests
${more}`;

const location = target => `apiVersion: backstage.io/v1alpha1
kind: Location
metadata:
  name: client-tests-all
spec:
  targets:
    - ${target}
`;

const files = {
  '/all.yaml': location('./parts/some.yaml'),
  '/parts/some.yaml': component('client-tests-first') + component('client-tests-second', '  subcomponentOf: client-tests-first\n'),
  '/moved.yaml': component('client-tests-moved'),
};
const first = 'component:default/client-tests-first';
const second = 'component:default/client-tests-second';
const moved = 'component:default/client-tests-moved';

let server;
let target;
before(async () => {
  server = await serveFiles(files);
  target = server.urlOf('/all.yaml');
});
after(async () => {
  for (const { id, target: registered } of (await catalog.getLocations()).items) {
    if (registered.startsWith(server.urlOf('/'))) {
      await catalog.removeLocationById(id);
    }
  }
  await server.close();
});

const gone = ref => eventually(`${ref} gone`, async () => (await catalog.getEntityByRef(ref)) === undefined);
const there = ref => eventually(`${ref} there`, () => catalog.getEntityByRef(ref));

test('a dry run shows what would come, and keeps nothing', async () => {
  const { location: found, entities, exists } = await catalog.addLocation({ target, dryRun: true });
  assert.equal(exists, false);
  assert.deepEqual({ type: found.type, target: found.target, id: found.id }, { type: 'url', target, id: `url:${target}` });
  assert.match(found.entityRef, /^location:default\/generated-[0-9a-f]{40}$/);
  const expected = [found.entityRef, 'location:default/client-tests-all', first, second];
  assert.deepEqual(sortedRefs(entities), expected.sort());
  assert.equal(await catalog.getLocationByRef(`url:${target}`), undefined);
});

test('a dry run of something unreadable tells why', async () => {
  const missing = server.urlOf('/no-such.yaml');
  const response = await request('POST', '/locations?dryRun=true', { type: 'url', target: missing });
  assert.equal(response.status, 400);
  const { error } = await response.json();
  assert.equal(error.name, 'InputError');
  assert.ok(error.message.includes(missing), error.message);
});

test('only urls may be registered', async () => {
  await assert.rejects(catalog.addLocation({ type: 'file', target: '/etc/catalog-info.yaml' }), { statusCode: 400 });
});

test('an added location and its entities are there', async () => {
  const { location: added, entities } = await catalog.addLocation({ target });
  assert.match(added.id, /^[0-9a-f-]{36}$/);
  assert.deepEqual(entities, []);

  const entity = await there(second);
  assert.equal(entity.metadata.annotations['backstage.io/managed-by-origin-location'], `url:${target}`);
  assert.equal(entity.metadata.annotations['backstage.io/managed-by-location'], `url:${server.urlOf('/parts/some.yaml')}`);
  assert.equal(entity.metadata.annotations['backstage.io/view-url'], server.urlOf('/parts/some.yaml'));
  await eventually('the relation from the far end', async () =>
    (await catalog.getEntityByRef(first))?.relations.some(relation => relation.type === 'hasPart' && relation.targetRef === second),
  );

  assert.deepEqual(await catalog.getLocationById(added.id), added);
  assert.deepEqual(await catalog.getLocationByRef(`url:${target}`), added);
  assert.deepEqual(await catalog.getLocationByEntity(second), added);
  assert.deepEqual(await catalog.getLocationByEntity({ kind: 'Component', namespace: 'default', name: 'client-tests-first' }), added);
  assert.ok((await catalog.getLocations()).items.some(item => item.id === added.id));
});

test('locations are queried and streamed', async () => {
  const page = await catalog.queryLocations({ query: { target: { $hasPrefix: server.urlOf('/') } } });
  assert.deepEqual(page.items.map(item => item.target), [target]);
  assert.equal(page.totalItems, 1);
  assert.equal((await catalog.queryLocations({ query: { TYPE: 'URL', target: { $in: [target.toUpperCase()] } } })).totalItems, 1);

  const streamed = [];
  for await (const part of catalog.streamLocations()) {
    streamed.push(...part);
  }
  const listed = (await catalog.getLocations()).items;
  const ids = items => items.map(item => item.id).sort();
  assert.deepEqual(ids(streamed), ids(listed));

  const wrong = await request('POST', '/locations/by-query', { query: { foo: 'x' } });
  assert.equal(wrong.status, 400);
  assert.match((await wrong.json()).error.message, /expected key to be 'id', 'type', 'target', or 'entityRef', got 'foo'/);
});

test('locations are paged', async () => {
  const extra = await catalog.addLocation({ target: server.urlOf('/moved.yaml') });
  const seen = [];
  for (let page = await catalog.queryLocations({ limit: 1 }); ; page = await catalog.queryLocations({ cursor: page.pageInfo.nextCursor })) {
    assert.equal(page.items.length, 1);
    seen.push(page.items[0].id);
    if (!page.pageInfo.nextCursor) {
      assert.equal(page.totalItems, seen.length);
      break;
    }
  }
  assert.deepEqual(seen, [...seen].sort());
  await there(moved);
  await catalog.removeLocationById(extra.location.id);
  await gone(moved);
});

test('the same location twice is a conflict, unless it is to be refreshed', async () => {
  await assert.rejects(catalog.addLocation({ target }), { statusCode: 409 });
  const dry = await catalog.addLocation({ target, dryRun: true });
  assert.equal(dry.exists, true);
  const known = await catalog.getLocationByRef(`url:${target}`);
  const again = await catalog.addLocation({ target, onConflict: 'refresh' });
  assert.deepEqual(again.location, known);
});

test('a refresh picks up what changed in the file', async () => {
  files['/parts/some.yaml'] = files['/parts/some.yaml'].replaceAll('type: service', 'type: website');
  await catalog.refreshEntity(second);
  await eventually('the new type', async () => (await catalog.getEntityByRef(second))?.spec.type === 'website');
});

test('refreshing nothing is a 404', async () => {
  await assert.rejects(catalog.refreshEntity('component:default/there-is-no-such-thing'), { statusCode: 404 });
});

test('an entity that is deleted but still declared comes back as a new one', async () => {
  const { uid } = (await catalog.getEntityByRef(second)).metadata;
  await catalog.removeEntityByUid(uid);
  await eventually('the return', async () => {
    const entity = await catalog.getEntityByRef(second);
    return entity && entity.metadata.uid !== uid;
  });
  await catalog.removeEntityByUid(uid);
});

test('a document taken out of a file goes', async () => {
  files['/parts/some.yaml'] = component('client-tests-first');
  await catalog.refreshEntity(first);
  await gone(second);
  assert.ok(await catalog.getEntityByRef(first));
});

test('a location that moves takes new entities along and drops the old ones', async () => {
  const known = await catalog.getLocationByRef(`url:${target}`);
  const updated = await catalog.updateLocation(known.id, { type: 'url', target: server.urlOf('/moved.yaml') });
  assert.equal(updated.id, known.id);
  assert.equal(updated.entityRef, known.entityRef);
  assert.equal(updated.target, server.urlOf('/moved.yaml'));
  await there(moved);
  await gone(first);
});

test('a removed location takes its tree along', async () => {
  const known = await catalog.getLocationByRef(`url:${server.urlOf('/moved.yaml')}`);
  await catalog.removeLocationById(known.id);
  await gone(moved);
  await gone(known.entityRef);
  assert.equal(await catalog.getLocationById(known.id), undefined);
  await assert.rejects(catalog.removeLocationById(known.id), { statusCode: 404 });
});

test('what there is not is undefined', async () => {
  assert.equal(await catalog.getLocationById('00000000-0000-4000-8000-000000000000'), undefined);
  assert.equal(await catalog.getLocationByRef('url:https://example.com/never-registered.yaml'), undefined);
  assert.equal(await catalog.getLocationByEntity('component:default/there-is-no-such-thing'), undefined);
  await assert.rejects(catalog.updateLocation('00000000-0000-4000-8000-000000000000', { type: 'url', target }), { statusCode: 404 });
});

test('a location that belongs to a configured one is nobody’s registration', async () => {
  const { items } = await catalog.getEntities({ filter: { kind: 'component' } });
  const registered = new Set((await catalog.getLocations()).items.map(item => `${item.type}:${item.target}`));
  const configured = items.find(entity => !registered.has(entity.metadata.annotations['backstage.io/managed-by-origin-location']));
  assert.ok(configured, 'something comes from the configuration');
  assert.equal(await catalog.getLocationByEntity(refOf(configured)), undefined);
});
