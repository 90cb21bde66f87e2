// Every entity of both, document by document, with its ancestry.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { normalise, refOf, withoutIdentity } = require('../normalise');

const ORIGIN = 'backstage.io/managed-by-origin-location';

/** The roots at which the original refused something: there Callboard applies what is right and says what is wrong. */
function troubled(reference, subject) {
  const origins = new Set();
  for (const entities of [reference, subject]) {
    for (const entity of entities.values()) {
      if (entity.kind === 'Location' && entity.status) {
        origins.add(entity.metadata.annotations[ORIGIN]);
      }
    }
  }
  return origins;
}

const isOf = (origins, entity) => origins.has(entity.metadata.annotations?.[ORIGIN]);

/** Without relations to what only one of the two has. */
function withoutStrangers(entity, strangers) {
  const relations = entity.relations?.filter(relation => !strangers.has(relation.targetRef));
  return withoutIdentity({ ...entity, relations });
}

function documents(pair) {
  test('documents', async t => {
    const [reference, subject] = await pair.each(server => server.everything());
    const origins = troubled(reference, subject);
    const strangers = new Set([...subject.keys()].filter(ref => !reference.has(ref)));

    await t.test('there are no others', () => {
      const missing = [...reference.keys()].filter(ref => !subject.has(ref));
      const added = [...strangers].filter(ref => !isOf(origins, subject.get(ref)));
      assert.deepEqual({ missing, added }, { missing: [], added: [] });
      assert.ok(reference.size > 100, `${reference.size} entities`);
    });

    await t.test('each is the same', () => {
      const differing = [];
      for (const [ref, entity] of reference) {
        if (entity.kind === 'Location' && isOf(origins, entity)) {
          continue;
        }
        const [expected, actual] = [entity, subject.get(ref) ?? {}].map(each => withoutStrangers(each, strangers));
        try {
          assert.deepEqual(actual, expected);
        } catch (difference) {
          differing.push(`${ref}: ${difference.message}`);
        }
      }
      assert.equal(differing.length, 0, `${differing.length} differ: ${differing.slice(0, 5).join('\n')}`);
    });

    await t.test('each has the same ancestry', async () => {
      for (const entity of reference.values()) {
        if (isOf(origins, entity)) {
          continue;
        }
        const { kind, metadata } = entity;
        const path = `/entities/by-name/${[kind, metadata.namespace, metadata.name].map(encodeURIComponent).join('/')}/ancestry`;
        const answers = await pair.ask({ path });
        const [expected, actual] = answers.map(({ status, body }) => ({
          status,
          root: body.rootEntityRef,
          items: body.items?.map(item => [refOf(item.entity), item.parentEntityRefs]),
        }));
        assert.deepEqual(actual, expected, path);
      }
    });

    await t.test('each has the same location', async () => {
      const kinds = new Map([...reference.values()].map(entity => [entity.metadata.annotations[ORIGIN], entity]));
      for (const { kind, metadata } of kinds.values()) {
        const path = `/locations/by-entity/${[kind, metadata.namespace, metadata.name].map(encodeURIComponent).join('/')}`;
        const [expected, actual] = (await pair.ask({ path })).map(answer => normalise('location', answer));
        assert.deepEqual(actual, expected, path);
      }
    });

    await t.test('what the original refuses in part is taken away from both, so that the rest can be compared whole', async () => {
      for (const server of pair.both) {
        for (const { data } of await server.get('/locations')) {
          if (origins.has(`${data.type}:${data.target}`)) {
            assert.equal((await server.ask({ method: 'DELETE', path: `/locations/${data.id}` })).status, 204);
          }
        }
      }
      const look = async server => [...(await server.everything()).keys()].sort();
      await pair.settle(look);
      const [expected, actual] = await pair.each(look);
      assert.deepEqual(actual, expected);
    });
  });
}

module.exports = { documents, troubled, isOf };
