import { expect, it } from 'vitest';
import { getEntityRelations, getEntitySourceLocation } from './relations';

const entity = (annotations = {}) => ({
  apiVersion: 'v1',
  kind: 'Component',
  metadata: { name: 'x', annotations },
  relations: [
    { type: 'dependsOn', targetRef: 'component:default/a' },
    { type: 'dependsOn', targetRef: 'resource:default/b' },
    { type: 'ownedBy', targetRef: 'group:default/c' },
  ],
});

it('of one type, and of one kind', () => {
  expect(getEntityRelations(entity(), 'dependsOn').map(({ name }) => name)).toEqual(['a', 'b']);
  expect(getEntityRelations(entity(), 'dependsOn', { kind: 'Resource' })).toEqual([{ kind: 'resource', namespace: 'default', name: 'b' }]);
  expect(getEntityRelations(undefined, 'dependsOn')).toEqual([]);
});

it('the source has an address, or none', () => {
  const at = (location: string) => getEntitySourceLocation(entity({ 'backstage.io/source-location': location }));
  expect(at('url:https://host/src/')).toEqual({ locationTargetUrl: 'https://host/src/' });
  expect(at('file:./src')).toBeUndefined();
  expect(getEntitySourceLocation(entity())).toBeUndefined();
});
