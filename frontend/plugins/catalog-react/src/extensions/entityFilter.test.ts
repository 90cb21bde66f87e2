import type { Entity } from '@callboard/catalog-model';
import { describe, expect, it } from 'vitest';
import { entityCondition } from './entityFilter';

const entity: Entity = {
  apiVersion: 'v1',
  kind: 'Component',
  metadata: {
    name: 'shop',
    tags: ['rust', 'tier-1'],
    annotations: { 'circleci.com/project-slug': 'github/acme/shop' },
  },
  spec: { type: 'Website', lifecycle: 'production', replicas: 3 },
};

describe('entity filters', () => {
  it.each([
    ['kind:component', true],
    ['kind:api,component type:website', true],
    ['kind:component type:service', false],
    ['has:tags', true],
    ['has:links', false],
    ['annotation:circleci.com/project-slug', true],
    ['is:orphan', false],
    ['', true],
  ])('reads the expression "%s"', (filter, expected) => {
    expect(entityCondition(filter)(entity)).toBe(expected);
  });

  it.each([
    [{ kind: 'component', 'spec.type': 'website' }, true],
    [{ 'metadata.tags': 'rust' }, true],
    [{ 'metadata.tags': { $contains: 'java' } }, false],
    [{ 'metadata.annotations.circleci.com/project-slug': { $exists: true } }, true],
    [{ 'metadata.annotations.circleci.com/other': { $exists: false } }, true],
    [{ 'spec.replicas': { $in: [3, 4] } }, true],
    [{ 'metadata.name': { $hasPrefix: 'sh' } }, true],
    [{ $any: [{ kind: 'api' }, { $not: { kind: 'group' } }] }, true],
    [{ $all: [{ kind: 'component' }, { kind: 'api' }] }, false],
  ])('reads the predicate %j', (filter, expected) => {
    expect(entityCondition(filter)(entity)).toBe(expected);
  });

  it.each([
    ['component', "'component' is no condition"],
    ['kind:', "'kind:' is no condition"],
    ['is:new', "'is:new' is unknown"],
    [7, 'must be an expression'],
    [{ $some: [] }, "operator '$some' is unknown"],
    [{ $all: 'x' }, "'$all' needs a list"],
    [{ kind: { $in: 'x' } }, "'kind' needs a value, or one of $exists"],
    [{ kind: null }, "'kind' needs a value"],
  ])('refuses %j', (filter, message) => {
    expect(() => entityCondition(filter)).toThrow(message);
  });
});
