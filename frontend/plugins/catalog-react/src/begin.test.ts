import { expect, it } from 'vitest';
import { indexHeading } from './begin';
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
