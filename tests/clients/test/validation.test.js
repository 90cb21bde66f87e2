// validateEntity and analyzeLocation.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalog, request } from '../support/callboard.js';

const LOCATION = 'url:https://github.com/acme/shop/blob/main/catalog-info.yaml';

const component = changes => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'candidate' },
  spec: { type: 'service', lifecycle: 'experimental', owner: 'guests' },
  ...changes,
});

test('a good entity is valid, and is not kept', async () => {
  assert.deepEqual(await catalog.validateEntity(component({}), LOCATION), { valid: true });
  assert.equal(await catalog.getEntityByRef('component:default/candidate'), undefined);
});

const faults = [
  ['a missing field', component({ spec: { type: 'service', owner: 'guests' } }), 'InputError', /must have required property 'lifecycle' - missingProperty: lifecycle/],
  ['a field of the wrong type', component({ spec: { type: 'service', owner: 'guests', lifecycle: 3 } }), 'InputError', /\/spec\/lifecycle must be string - type: string/],
  ['a name that is none', component({ metadata: { name: 'a b' } }), 'InputError', /"metadata.name" is not valid; expected .* but found "a b"/],
  ['an unknown member', component({ extra: 1 }), 'InputError', /./],
  ['an unknown kind', component({ kind: 'Gadget' }), 'InputError', /No processor recognized the entity gadget:default\/candidate as valid/],
  ['a kind in the wrong case', component({ kind: 'component' }), 'InputError', /No processor recognized the entity/],
  ['a bad tag', component({ metadata: { name: 'candidate', tags: ['Java'] } }), 'InputError', /"tags.0" is not valid/],
  ['a reference without kind', component({ spec: { type: 'service', lifecycle: 'x', owner: 'guests', dependsOn: ['thing'] } }), 'InputError', /had missing or empty kind/],
];
for (const [fault, entity, name, message] of faults) {
  test(`${fault} is told`, async () => {
    const answer = await catalog.validateEntity(entity, LOCATION);
    assert.equal(answer.valid, false);
    assert.equal(answer.errors[0].name, name);
    assert.match(answer.errors[0].message, message);
  });
}

test('a bad envelope is a TypeError', async () => {
  const answer = await catalog.validateEntity({ kind: 'Component', metadata: { name: 'x' } }, LOCATION);
  assert.equal(answer.valid, false);
  assert.equal(answer.errors[0].name, 'TypeError');
  assert.match(answer.errors[0].message, /<root> must have required property 'apiVersion' - missingProperty: apiVersion/);
});

test('only url locations are taken', async () => {
  const answer = await catalog.validateEntity(component({}), 'file:/x/y');
  assert.equal(answer.valid, false);
  assert.match(answer.errors[0].message, /Invalid location ref file:\/x\/y, only 'url:<target>' is supported/);
  const none = await catalog.validateEntity(component({}), 'x');
  assert.match(none.errors[0].message, /Unable to parse location ref 'x', expected '<type>:<target>'/);
});

test('a request without an entity has the common error shape', async () => {
  const response = await request('POST', '/validate-entity', { location: LOCATION });
  assert.equal(response.status, 400);
  const body = await response.json();
  assert.equal(body.error.name, 'InputError');
  assert.equal(body.response.statusCode, 400);
});

test('analysing a repository that nothing can look into suggests a component', async () => {
  const answer = await catalog.analyzeLocation({ location: { type: 'url', target: 'https://gitlab.com/acme/shop' } });
  assert.deepEqual(answer.existingEntityFiles, []);
  const [{ entity, fields }] = answer.generateEntities;
  assert.equal(entity.kind, 'Component');
  assert.equal(entity.metadata.name, 'shop');
  assert.equal(entity.metadata.annotations['gitlab.com/project-slug'], 'acme/shop');
  assert.deepEqual(entity.spec, { type: 'other', lifecycle: 'unknown' });
  assert.deepEqual(fields, []);
});

test('analysing what is no address is refused', async () => {
  await assert.rejects(catalog.analyzeLocation({ location: { type: 'url', target: 'no address' } }), { statusCode: 400 });
});
