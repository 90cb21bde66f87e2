import { expect, it } from 'vitest';
import { getEntitySourceLocation, parseLocationRef, stringifyLocationRef } from './location';

it('is read and written as type and target', () => {
  expect(parseLocationRef('url:https://host/a:b')).toEqual({ type: 'url', target: 'https://host/a:b' });
  expect(stringifyLocationRef({ type: 'file', target: './x.yaml' })).toBe('file:./x.yaml');
});

it.each([
  ['https://host/a', 'did you mean "url:https://host/a"'],
  ['url', 'not on the form'],
  ['url:', 'not on the form'],
  [':x', 'not on the form'],
])('refuses %s', (ref, message) => expect(() => parseLocationRef(ref)).toThrow(message));

it('is found where the source is, else where the entity was read from', () => {
  const entity = (annotations?: Record<string, string>) => ({ apiVersion: 'v1', kind: 'API', metadata: { name: 'x', annotations } });
  const managed = { 'backstage.io/managed-by-location': 'url:https://host/file.yaml' };
  expect(getEntitySourceLocation(entity(managed)).target).toBe('https://host/file.yaml');
  expect(getEntitySourceLocation(entity({ ...managed, 'backstage.io/source-location': 'url:https://host/src/' })).target).toBe('https://host/src/');
  expect(() => getEntitySourceLocation(entity())).toThrow('Entity "api:default/x" has no source location');
});
