import { encodeFilter } from '@callboard/catalog-client';
import { describe, expect, it } from 'vitest';
import { changeKind, isFiltered, parseCatalogState, serializeCatalogState, toggleFacet } from './catalogState';
import { kindSelectionOf, selectionOf, type PersonalRefs } from './selection';

const parse = (query: string) => parseCatalogState(new URLSearchParams(query));
const nobody: PersonalRefs = { owned: [], starred: [] };

describe('the state in the URL', () => {
  it.each([
    '',
    'kind=api&list=owned&type=openapi&owner=group%3Adefault%2Fa&tag=x&tag=y&q=pay&sort=-spec.type&size=20&cursor=c&from=21',
    'kind=all',
  ])('survives being read and written: "%s"', query => {
    expect(serializeCatalogState(parse(query)).toString()).toBe(query);
  });

  it('takes nonsense for the default', () => {
    expect(serializeCatalogState(parse('list=mine&size=7&from=9&other=1')).toString()).toBe('');
  });

  it('understands the bookmarks of a Backstage catalog', () => {
    const query = 'filters[kind]=API&filters[user]=owned&filters[owners][0]=group:default/a&filters[type]=openapi';
    expect(parse(query)).toMatchObject({
      kind: 'api',
      list: 'owned',
      facets: { owner: ['group:default/a'], type: ['openapi'] },
    });
  });

  it('goes back to the first page when a filter changes', () => {
    const state = toggleFacet(parse('cursor=c&from=51'), 'tag', 'java');
    expect(serializeCatalogState(state).toString()).toBe('tag=java');
    expect(toggleFacet(state, 'tag', 'JAVA').facets.tag).toEqual([]);
  });

  it('drops what another kind has no use for', () => {
    const state = changeKind(parse('type=service&lifecycle=production&tag=java&sort=spec.type'), 'system');
    expect(serializeCatalogState(state).toString()).toBe('kind=system&tag=java');
    expect(isFiltered(state)).toBe(true);
  });
});

describe('what is asked of the catalog', () => {
  const filterOf = (query: string, personal = nobody) => encodeFilter(selectionOf(parse(query), personal).filter);

  it('is one set of conditions', () => {
    expect(filterOf('type=service&type=library&tag=java')).toEqual([
      'kind=component,spec.type=service,spec.type=library,metadata.tags=java',
    ]);
    expect(selectionOf(parse('kind=all'), nobody)).toEqual({});
  });

  it('for owned entities is their owners, together with those filtered by', () => {
    const personal = { owned: ['user:default/me', 'group:default/a'], starred: [] };
    expect(filterOf('list=owned', personal)).toEqual([
      'kind=component,relations.ownedBy=user:default/me,relations.ownedBy=group:default/a',
    ]);
    expect(selectionOf(parse('list=owned&owner=group:default/b'), personal).query).toEqual({
      $all: [
        { $all: [{ kind: 'component' }, { 'relations.ownedBy': 'group:default/b' }] },
        { $all: [{ 'relations.ownedBy': { $in: ['user:default/me', 'group:default/a'] } }] },
      ],
    });
  });

  it('for lists known to be empty matches nothing', () => {
    expect(filterOf('list=starred')).toEqual(['metadata.name=']);
  });

  it('for the kind picker leaves out what only holds within a kind', () => {
    const selection = kindSelectionOf(parse('type=service&tag=java'), nobody);
    expect(encodeFilter(selection.filter)).toEqual(['metadata.tags=java']);
  });
});
