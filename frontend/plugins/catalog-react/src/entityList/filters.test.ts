import type { Entity } from '@callboard/catalog-model';
import { expect, it } from 'vitest';
import {
  EntityErrorFilter,
  EntityKindFilter,
  EntityLifecycleFilter,
  EntityNamespaceFilter,
  EntityOrphanFilter,
  EntityOwnerFilter,
  EntityTagFilter,
  EntityTextFilter,
  EntityTypeFilter,
  EntityUserFilter,
} from './filters';
import { pageRequestOf, requestKey, selectionOf, undecided } from './listRequest';

const entity: Entity = {
  apiVersion: 'v1',
  kind: 'Component',
  metadata: { name: 'pay', title: 'Payments', tags: ['java'] },
  spec: { lifecycle: 'Production' },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/sre' }],
};

it('each says the same to the catalog and of an entity', () => {
  expect(new EntityTagFilter(['go', 'JAVA']).filterEntity(entity)).toBe(true);
  expect(new EntityLifecycleFilter(['experimental']).filterEntity(entity)).toBe(false);
  expect(new EntityNamespaceFilter(['default']).filterEntity(entity)).toBe(true);
  expect(new EntityOrphanFilter(true).filterEntity(entity)).toBe(false);
  expect(new EntityErrorFilter(false).filterEntity(entity)).toBe(true);
  expect(new EntityTextFilter('pay jav').filterEntity(entity)).toBe(true);
  expect(new EntityTextFilter('pay go').filterEntity(entity)).toBe(false);
  expect(EntityUserFilter.starred(['component:default/pay']).filterEntity(entity)).toBe(true);
  expect(EntityUserFilter.owned([]).filterEntity(entity)).toBe(false);
});

it('an owner may be written short', () => {
  const filter = new EntityOwnerFilter(['sre', 'user:jane']);
  expect(filter.values).toEqual(['group:default/sre', 'user:default/jane']);
  expect(filter.filterEntity(entity)).toBe(true);
});

it('all must hold, also two that are about the same', () => {
  const selection = selectionOf({
    kind: new EntityKindFilter('component', 'Component'),
    type: new EntityTypeFilter(['service']),
    owners: new EntityOwnerFilter(['sre']),
    user: EntityUserFilter.owned(['user:default/me']),
  });
  expect(selection.filter).toEqual({ kind: 'component', 'spec.type': ['service'], 'relations.ownedBy': ['group:default/sre'] });
  expect(selection.query).toEqual({ $all: [{ 'relations.ownedBy': 'user:default/me' }] });
});

it('what is starred is asked for by its references, and nothing of what is none', () => {
  expect(selectionOf({ user: EntityUserFilter.starred(['component:default/pay']) }).query).toEqual({
    $any: [{ kind: 'component', 'metadata.namespace': 'default', 'metadata.name': { $in: ['pay'] } }],
  });
  expect(selectionOf({ user: EntityUserFilter.starred([]) })).toEqual({ filter: { 'metadata.name': '' } });
  expect(selectionOf({ user: EntityUserFilter.all() })).toEqual({});
});

it('text is asked for in pages, and looked for here in whole lists', () => {
  const filters = { text: new EntityTextFilter('other') };
  expect(pageRequestOf(filters).fullTextFilter?.term).toBe('other');
  expect(undecided(filters, true)(entity)).toBe(true);
  expect(undecided(filters, false)(entity)).toBe(false);
});

it('requests differ by what must only exist', () => {
  expect(requestKey({ filter: { a: Symbol.for('x') } })).not.toBe(requestKey({ filter: {} }));
});
