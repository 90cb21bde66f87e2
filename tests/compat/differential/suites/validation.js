// What both say to right and wrong entities, and to what they are asked to look at before it is registered.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { chooser } = require('../generated');

const LOCATION = 'url:https://github.com/acme/shop/blob/main/catalog-info.yaml';
/** What takes the place of members of an entity. */
const WRONG = [null, '', ' ', 3, true, [], {}, 'a b', '-a', 'a'.repeat(64), ['', 'x'], [1], { a: 1 }, 'UPPER', 'ünï', 'a/b/c', 'http://', 'x:y:z'];
const COUNT = Number(process.env.CALLBOARD_COMPAT_ENTITIES ?? 250);

/** All paths to members of a value, as lists of keys. */
function paths(value, above = []) {
  if (value === null || typeof value !== 'object') {
    return [];
  }
  return Object.entries(value).flatMap(([key, member]) => [[...above, key], ...paths(member, [...above, key])]);
}

function change(choice, entity) {
  const changed = structuredClone(entity);
  const path = choice.of(paths(changed).filter(each => each[0] !== 'relations'));
  const parent = path.slice(0, -1).reduce((value, key) => value[key], changed);
  const key = path.at(-1);
  if (choice.chance(25)) {
    delete parent[key];
  } else if (choice.chance(20) && !Array.isArray(parent)) {
    parent[choice.of(['new', 'A B', 'x'.repeat(70), 'a/b/c', 'é'])] = choice.of(WRONG);
  } else {
    parent[key] = choice.of(WRONG);
  }
  return changed;
}

function plain({ relations, status, ...entity }) {
  const copy = structuredClone(entity);
  delete copy.metadata.uid;
  delete copy.metadata.etag;
  return copy;
}

function validation(pair) {
  test('validation', async t => {
    const choice = chooser(11);
    const everything = await pair.reference.everything();
    const right = [...everything.values()].filter(({ kind }) => kind !== 'Location').map(plain);
    const compare = async body => {
      const [expected, actual] = await pair.ask({ method: 'POST', path: '/validate-entity', body });
      assert.deepEqual({ status: actual.status, body: actual.body }, { status: expected.status, body: expected.body }, JSON.stringify(body));
      return expected.status;
    };

    await t.test('entities that are right', async () => {
      for (const entity of right.filter(() => choice.chance(30))) {
        assert.equal(await compare({ entity, location: LOCATION }), 200);
      }
    });

    await t.test('entities with something changed', async () => {
      const statuses = { 200: 0, 400: 0 };
      for (let number = 0; number < COUNT; number += 1) {
        statuses[await compare({ entity: change(choice, choice.of(right)), location: LOCATION })] += 1;
      }
      assert.ok(statuses[200] > COUNT / 20 && statuses[400] > COUNT / 4, JSON.stringify(statuses));
    });

    await t.test('other locations and other bodies', async () => {
      const entity = right[0];
      for (const body of [{ entity, location: 'file:/x' }, { entity, location: 'x' }, { entity, location: '' }, { entity, location: 3 }, { entity }, { location: LOCATION }, { entity: 3, location: LOCATION }, { entity: [], location: LOCATION }, {}]) {
        await compare(body);
      }
    });

    await t.test('analysis', async () => {
      for (const target of ['https://github.com/acme/shop', 'https://gitlab.com/a/b/c/-/tree/main', 'https://bitbucket.org/acme/shop', 'https://dev.azure.com/o/p/_git/r', 'https://example.com/acme/shop', 'nonsense']) {
        const body = { location: { type: 'url', target } };
        const [expected, actual] = await pair.ask({ method: 'POST', path: '/analyze-location', body });
        assert.deepEqual({ status: actual.status, body: actual.body }, { status: expected.status, body: expected.body }, target);
      }
      for (const body of [{}, { location: {} }, { location: { type: 'url' } }, { location: 'x' }, { location: { type: 3, target: 'https://github.com/a/b' } }]) {
        const [expected, actual] = await pair.ask({ method: 'POST', path: '/analyze-location', body });
        assert.deepEqual({ status: actual.status, error: actual.body.error }, { status: expected.status, error: expected.body.error }, JSON.stringify(body));
      }
    });
  });
}

module.exports = { validation };
