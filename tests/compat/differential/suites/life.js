// What becomes of entities while their files change.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { refOf, withoutIdentity } = require('../normalise');

const component = (name, spec = 'type: service, owner: x, lifecycle: production') =>
  `---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: { ${spec} }\n`;
const location = (name, targets, presence) =>
  `---\napiVersion: backstage.io/v1alpha1\nkind: Location\nmetadata: { name: ${name} }\nspec: { targets: [${targets.join(', ')}]${presence ? `, presence: ${presence}` : ''} }\n`;

function life(pair, files, urlOf) {
  test('life', async t => {
    const root = urlOf('/life/root.yaml');
    files.set('/life/root.yaml', location('life', ['./a.yaml', './b.yaml']) + location('life-optional', ['./missing.yaml'], 'optional'));
    files.set('/life/a.yaml', component('life-a') + component('life-moves') + component('life-goes'));
    files.set('/life/b.yaml', component('life-b', 'type: service, owner: x, lifecycle: production, dependsOn: [component:life-a]'));
    const look = async server => {
      const entities = [...(await server.everything()).values()].filter(({ metadata }) => metadata.annotations?.['backstage.io/managed-by-origin-location'] === `url:${root}`);
      return Object.fromEntries(entities.map(entity => [refOf(entity), withoutIdentity(entity)]).sort());
    };
    const refresh = () => pair.each(server => server.post('/refresh', { entityRef: 'component:default/life-b' }));
    const expectSame = async (contains, attempts) => {
      await refresh();
      await pair.settle(look, attempts);
      const [expected, actual] = await pair.each(look);
      assert.deepEqual(actual, expected);
      for (const [ref, isThere] of Object.entries(contains)) {
        assert.equal(ref in expected, isThere, ref);
      }
    };

    await t.test('they appear, with their relations', async () => {
      await pair.register(root);
      await expectSame({ 'component:default/life-a': true, 'component:default/life-goes': true, 'location:default/life-optional': true });
    });

    await t.test('one is changed', async () => {
      files.set('/life/b.yaml', component('life-b', 'type: library, owner: y, lifecycle: production'));
      await expectSame({ 'component:default/life-b': true });
    });

    await t.test('one breaks its rules and keeps its last version with a status, and is mended', async () => {
      files.set('/life/b.yaml', component('life-b', 'type: library, owner: y'));
      await expectSame({ 'component:default/life-b': true });
      const [broken] = await pair.each(look);
      assert.match(broken['component:default/life-b'].status.items[0].message, /lifecycle/);
      files.set('/life/b.yaml', component('life-b', 'type: library, owner: y, lifecycle: production'));
      await expectSame({ 'component:default/life-b': true });
    });

    await t.test('one goes, one moves to the other file', async () => {
      files.set('/life/a.yaml', component('life-a') + component('life-moves'));
      await expectSame({ 'component:default/life-goes': false, 'component:default/life-moves': true }, 240);
    });

    await t.test('one that is deleted but still declared comes back as another', async () => {
      const uids = await pair.each(async server => (await server.get('/entities/by-name/component/default/life-a')).metadata.uid);
      const statuses = await Promise.all(pair.both.map((server, index) => server.ask({ method: 'DELETE', path: `/entities/by-uid/${uids[index]}` })));
      assert.deepEqual(statuses.map(({ status }) => status), [204, 204]);
      await expectSame({ 'component:default/life-a': true });
      const now = await pair.each(async server => (await server.get('/entities/by-name/component/default/life-a')).metadata.uid);
      assert.ok(now.every((uid, index) => uid !== uids[index]));
    });
  });
}

module.exports = { life };
