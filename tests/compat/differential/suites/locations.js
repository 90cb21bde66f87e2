// Registered locations: to add, try out, find, change and remove them.
'use strict';

const assert = require('node:assert/strict');
const { test } = require('node:test');
const { normalise, refOf, withoutIdentity, withoutIds } = require('../normalise');

const component = name => `apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: ${name} }\nspec: { type: service, owner: x, lifecycle: production }\n`;

function locations(pair, files, urlOf) {
  test('locations', async t => {
    files.set('/locations/one.yaml', component('located-one'));
    files.set('/locations/two.yaml', component('located-two'));
    const [one, two] = [urlOf('/locations/one.yaml'), urlOf('/locations/two.yaml')];
    const same = async (request, compare = 'location') => {
      const [expected, actual] = (await pair.ask(request)).map(answer => normalise(compare, answer));
      assert.deepEqual(actual, expected, `${request.method ?? 'GET'} ${request.path}`);
      return expected;
    };
    const post = (path, body, compare) => same({ method: 'POST', path, body }, compare);
    const idOf = async (server, target) => (await server.get('/locations')).find(({ data }) => data.target === target)?.data.id;
    const isThere = async ref => pair.each(async server => (await server.ask({ path: `/entities/by-name/component/default/${ref}` })).status);

    await t.test('trying out', async () => {
      const [expected, actual] = await pair.ask({ method: 'POST', path: '/locations?dryRun=true', body: { type: 'url', target: one } });
      assert.deepEqual(withoutIdentity(actual), withoutIdentity(expected));
      for (const target of [urlOf('/nothing.yaml'), 'https://forbidden.example.com/x.yaml', 'nonsense']) {
        await post('/locations?dryRun=true', { type: 'url', target }, 'error');
      }
    });

    await t.test('registering, twice, and wrongly', async () => {
      await post('/locations', { type: 'url', target: one });
      await post('/locations', { type: 'url', target: one }, 'error');
      await post('/locations?onConflict=refresh', { type: 'url', target: one });
      await post('/locations?onConflict=reject', { type: 'url', target: one }, 'error');
      await post('/locations?onConflict=maybe', { type: 'url', target: one }, 'error');
      await post('/locations', { type: 'url' }, 'error');
      await post('/locations', { type: 'url', target: 3 }, 'error');
      await post('/locations', { type: 'url', target: two, extra: 1 }, 'error-name');
      await post('/locations', { type: 'file', target: '/x' }, 'error');
      await post('/locations', {}, 'error');
      await pair.settle(async server => (await server.ask({ path: '/entities/by-name/component/default/located-one' })).status === 200);
      assert.deepEqual(await isThere('located-one'), [200, 200]);
    });

    await t.test('finding', async () => {
      const [expected, actual] = await pair.each(async server => (await server.get('/locations')).map(({ data }) => withoutIds(data)).sort((a, b) => (a.target < b.target ? -1 : 1)));
      assert.deepEqual(actual, expected);
      const queries = [undefined, {}, { type: 'url' }, { target: one.toUpperCase() }, { target: { $hasPrefix: one.slice(0, -8) } }, { $not: { target: one } }, { $all: [] }, { $any: [] },
        { entityRef: { $exists: true } }, { $all: [{ type: 'url' }, { target: { $in: [one, two] } }] }, { target: { $contains: one } }, { foo: 'x' }, { $not: 'x' }, { type: null }];
      for (const query of queries) {
        const answers = await pair.ask({ method: 'POST', path: '/locations/by-query', body: { query } });
        const [expectedPage, actualPage] = answers.map(({ status, body }) =>
          status === 200 ? { status, total: body.totalItems, targets: body.items.map(item => item.target).sort() } : { status, name: body.error.name },
        );
        assert.deepEqual(actualPage, expectedPage, JSON.stringify(query));
      }
      for (const body of [{ limit: 0 }, { limit: 'x' }, { cursor: '' }, { cursor: '!' }, { cursor: 'e30=' }, { query: 3 }]) {
        await post('/locations/by-query', body, 'error-name');
      }
      const [expectedWalk, actualWalk] = await pair.each(async server => {
        const targets = [];
        const sizes = [];
        let body = { limit: 5 };
        while (body) {
          const page = (await server.post('/locations/by-query', body)).body;
          targets.push(...page.items.map(item => item.target));
          sizes.push([page.items.length, page.totalItems]);
          body = page.pageInfo.nextCursor && { cursor: page.pageInfo.nextCursor };
        }
        return { targets: targets.sort(), sizes };
      });
      assert.deepEqual(actualWalk, expectedWalk);
    });

    await t.test('pointing elsewhere', async () => {
      const answers = await pair.each(async server => {
        const path = `/locations/${await idOf(server, one)}`;
        return Promise.all([{ type: 'url' }, { type: 'file', target: '/x' }, { type: 'url', target: two, extra: 1 }].map(body => server.ask({ method: 'PUT', path, body })));
      });
      const refused = answers.map(list => list.map(({ status, body }) => ({ status, error: body.error })));
      assert.deepEqual(refused[1], refused[0]);
      const [expected, actual] = await pair.each(async server => {
        const { status, body } = await server.ask({ method: 'PUT', path: `/locations/${await idOf(server, one)}`, body: { type: 'url', target: two } });
        return { status, body: withoutIds(body) };
      });
      assert.deepEqual(actual, expected);
      await pair.settle(async server => (await server.ask({ path: '/entities/by-name/component/default/located-two' })).status);
      assert.deepEqual(await isThere('located-two'), [200, 200]);
      assert.deepEqual(await isThere('located-one'), [404, 404]);
      await same({ method: 'PUT', path: '/locations/00000000-0000-4000-8000-000000000000', body: { type: 'url', target: one } }, 'error');
    });

    await t.test('removing', async () => {
      const answers = await pair.each(async server => {
        const path = `/locations/${await idOf(server, two)}`;
        const results = [];
        for (const method of ['GET', 'DELETE', 'GET', 'DELETE']) {
          const { status, body } = await server.ask({ method, path });
          results.push({ status, name: body.error?.name, target: body.target });
        }
        return results;
      });
      assert.deepEqual(answers[1], answers[0]);
      assert.deepEqual(await isThere('located-two'), [404, 404]);
      const [expected, actual] = await pair.each(async server => [...(await server.everything()).values()].map(refOf).filter(ref => ref.includes('located')));
      assert.deepEqual(actual, expected);
    });
  });
}

module.exports = { locations };
