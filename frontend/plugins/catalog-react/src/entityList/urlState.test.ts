import { expect, it } from 'vitest';
import { EntityKindFilter, EntityTagFilter } from './filters';
import { parseListAddress, writeListAddress } from './urlState';

it('is read with lists in each of their spellings', () => {
  const address = parseListAddress(
    new URLSearchParams('filters[kind]=api&filters[tags]=a&filters[tags]=b&filters[owners][0]=x&filters[owners][1]=y&limit=50&offset=0&q=1'),
  );
  expect(address).toEqual({ filters: { kind: 'api', tags: ['a', 'b'], owners: ['x', 'y'] }, limit: 50, offset: 0, cursor: undefined });
  expect(parseListAddress(new URLSearchParams('limit=0&offset=-1'))).toMatchObject({ limit: undefined, offset: undefined });
  expect(parseListAddress(new URLSearchParams('limit=many')).limit).toBeUndefined();
});

it('is written beside what else stands there, and without what was there before', () => {
  const before = new URLSearchParams('filters[kind]=api&cursor=old&inspect=yaml');
  const filters = { tags: new EntityTagFilter(['b', 'a']), kind: new EntityKindFilter('component', 'Component'), none: undefined };
  expect(decodeURIComponent(String(writeListAddress(before, filters, { limit: 20 })))).toBe(
    'inspect=yaml&filters[kind]=component&filters[tags]=b&filters[tags]=a&limit=20',
  );
  expect(writeListAddress(before, {}, { cursor: 'x'.repeat(2_000) }).has('cursor')).toBe(false);
});
