import { expect, it } from 'vitest';
import { entityLead, indexHeading } from './begin';
import { kindInfo } from './entities/kinds';
import { parseIndexState } from './entityIndex/lib/indexState';

it.each([
  ['', undefined, 'Components'],
  ['', 'API', 'APIs'],
  ['?list=all&q=shop', 'system', 'Systems'],
  ['?kind=Domain', 'system', 'Domains'],
  ['?filters[kind]=user', undefined, 'Users'],
  ['?kind=gadget', undefined, 'gadget'],
  ['?kind=all', undefined, undefined],
  ['', 'all', undefined],
])('a page at "%s" that begins with %s is called %s, as its table is later', (query, initialKind, heading) => {
  expect(indexHeading(query, initialKind)).toBe(heading);
  const { kind } = parseIndexState(new URLSearchParams(query), undefined, { kind: initialKind });
  expect(kind && kindInfo(kind).plural).toBe(heading);
});

it.each([
  [{ title: 'The shop', description: 'Sells things' }, { title: 'The shop', text: 'Sells things' }],
  [{ description: 'Sells *things*' }, {}],
  [{}, {}],
])('a page of an entity with %o begins with %o', (metadata, lead) => {
  expect(entityLead({ items: [{ metadata }] })).toEqual(lead);
});

it('a page of what is not there begins with nothing', () => {
  expect(entityLead({ items: [null] })).toEqual({});
  expect(entityLead(undefined)).toEqual({});
});
