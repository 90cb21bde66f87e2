import type { Entity } from '@callboard/catalog-model';
import { expect, it } from 'vitest';
import { hasLabels, isApiType, isComponentType, isEntityWith, isKind, isNamespace, isResourceType } from './predicates';

const entity = (kind: string, type?: string, metadata = {}): Entity => ({
  apiVersion: 'v1',
  kind,
  metadata: { name: 'x', ...metadata },
  spec: type === undefined ? {} : { type },
});

it('conditions hold in any case, for one word or several', () => {
  expect(isKind('API')(entity('Api'))).toBe(true);
  expect(isKind(['component', 'system'])(entity('System'))).toBe(true);
  expect(isKind('component')(entity('API'))).toBe(false);
  expect(isComponentType(['Website', 'service'])(entity('Component', 'SERVICE'))).toBe(true);
  expect(isComponentType('website')(entity('Resource', 'website'))).toBe(false);
  expect(isApiType('openapi')(entity('API', 'openapi'))).toBe(true);
  expect(isResourceType('database')(entity('Resource', 'queue'))).toBe(false);
  expect(isComponentType('website')(entity('Component'))).toBe(false);
});

it('a namespace that is not written is the default one', () => {
  expect(isNamespace('default')(entity('API'))).toBe(true);
  expect(isNamespace(['ops', 'web'])(entity('API', 'x', { namespace: 'Web' }))).toBe(true);
  expect(isNamespace('ops')(entity('API'))).toBe(false);
});

it('what is not asked may be anything', () => {
  expect(isEntityWith({ kind: ['api', 'component'] })(entity('API', 'grpc'))).toBe(true);
  expect(isEntityWith({ type: 'grpc' })(entity('API', 'grpc'))).toBe(true);
  expect(isEntityWith({ kind: 'api', type: ['openapi'] })(entity('API', 'grpc'))).toBe(false);
});

it('labels are there or not', () => {
  expect(hasLabels(entity('API'))).toBe(false);
  expect(hasLabels(entity('API', 'x', { labels: { tier: '1' } }))).toBe(true);
});
