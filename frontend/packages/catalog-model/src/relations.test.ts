import { expect, it } from 'vitest';
import { groupRelations } from './relations';

it('groups relations by type: known ones in a fixed order, then others as the reader orders their phrases', () => {
  const relations = ['zählt', 'ähnelt', 'ownedBy', 'blockiert', 'dependsOn'].map(type => ({ type, targetRef: `component:default/${type}` }));
  const types = (compare: (a: string, b: string) => number) => groupRelations(relations, compare).map(({ type }) => type);
  const german = types(new Intl.Collator('de').compare);
  expect(german.slice(-3)).toEqual(['ähnelt', 'blockiert', 'zählt']);
  expect(types(new Intl.Collator('sv').compare).slice(-3)).toEqual(['blockiert', 'zählt', 'ähnelt']);
  expect(german.slice(0, 2)).toEqual(types(() => 0).slice(0, 2));
});

it('has every target once in its group', () => {
  const relations = [1, 2].map(number => ({ type: 'dependsOn', targetRef: `component:default/${number}` }));
  expect(groupRelations(relations, () => 0)).toEqual([{ type: 'dependsOn', targets: ['component:default/1', 'component:default/2'] }]);
});
