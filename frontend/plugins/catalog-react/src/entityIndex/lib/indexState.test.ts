import { encodeFilter } from '@callboard/catalog-client';
import { describe, expect, it } from 'vitest';
import {
  changeKind,
  clearFilters,
  isFiltered,
  parseIndexState,
  serializeIndexState,
  toggleFacet,
  toggleStatus,
} from './indexState';
import { kindSelectionOf, NOBODY, selectionOf } from './selection';

const parse = (query: string) => parseIndexState(new URLSearchParams(query));


describe('the state in the URL', () => {
  it.each([
    '',
    'kind=api&list=owned&type=openapi&owner=group%3Adefault%2Fa&tag=x&tag=y&q=pay&sort=-spec.type&size=20&cursor=c&from=21',
    'kind=all',
    'status=error&status=orphan&columns=owner%2Ctags',
    'from=51',
  ])('survives being read and written: "%s"', query => {
    expect(serializeIndexState(parse(query)).toString()).toBe(query);
  });

  it('takes nonsense for the default', () => {
    expect(serializeIndexState(parse('list=mine&size=7&from=x&status=fine&columns=&other=1')).toString()).toBe('');
  });

  it('understands the bookmarks of a Backstage catalog', () => {
    const query = 'filters[kind]=API&filters[user]=owned&filters[owners][0]=group:default/a&filters[type]=openapi';
    expect(parse(query)).toMatchObject({
      kind: 'api',
      list: 'owned',
      facets: { owner: ['group:default/a'], type: ['openapi'] },
    });
    expect(parse('filters[orphan]=true&filters[error]=false').statuses).toEqual(['orphan']);
  });

  it('goes back to the first page when a filter changes', () => {
    const state = toggleFacet(parse('cursor=c&from=51'), 'tag', 'java');
    expect(serializeIndexState(state).toString()).toBe('tag=java');
    expect(toggleFacet(state, 'tag', 'JAVA').facets.tag).toEqual([]);
  });

  it('keeps a cursor that is too long for an address out of it, and where the page begins in it', () => {
    const state = { ...parse('list=starred'), cursor: 'c'.repeat(5_000), from: 51 };
    expect(serializeIndexState(state).toString()).toBe('list=starred&from=51');
  });

  it('takes a status away by choosing it again', () => {
    const both = toggleStatus(parse('status=orphan&from=21'), 'error');
    expect(serializeIndexState(both).toString()).toBe('status=error&status=orphan');
    expect(toggleStatus(both, 'orphan').statuses).toEqual(['error']);
    expect(isFiltered(clearFilters(both))).toBe(false);
  });

  it('drops what another kind has no use for', () => {
    const state = changeKind(parse('type=service&lifecycle=production&tag=java&sort=spec.type&columns=type'), 'system');
    expect(serializeIndexState(state).toString()).toBe('kind=system&tag=java');
    expect(isFiltered(state)).toBe(true);
  });
});

describe('the state of a page that begins with less than everything', () => {
  const START = { list: 'owned', kind: 'api', namespaces: ['shop'] } as const;
  const read = (query: string) => parseIndexState(new URLSearchParams(query), undefined, START);
  const written = (query: string) => serializeIndexState(read(query), undefined, START).toString();

  it('is what it begins with where the address says nothing of the table', () => {
    expect(read('definition=x')).toMatchObject({ list: 'owned', kind: 'api', facets: { namespace: ['shop'] } });
    expect(written('')).toBe('list=owned&namespace=shop');
  });

  it('is what the address says, where it says anything', () => {
    expect(read('type=openapi')).toMatchObject({ list: 'all', kind: 'api', facets: { namespace: [] } });
    expect(read('filters[kind]=component&filters[user]=all')).toMatchObject({ list: 'all', kind: 'component' });
    expect(read('filters[kind]=component')).toMatchObject({ list: 'all', facets: { namespace: [] } });
  });

  it('never comes to say nothing, or another would be read', () => {
    expect(written('list=all')).toBe('list=all');
    expect(written('kind=api&list=all&q=')).toBe('list=all');
    expect(written('type=openapi')).toBe('type=openapi');
  });
});

describe('what is asked of the catalog', () => {
  const filterOf = (query: string, known = NOBODY) => encodeFilter(selectionOf(parse(query), known).filter);

  it('is one set of conditions', () => {
    expect(filterOf('type=service&type=library&tag=java')).toEqual([
      'kind=component,spec.type=service,spec.type=library,metadata.tags=java',
    ]);
    expect(selectionOf(parse('kind=all'), NOBODY)).toEqual({});
  });

  it('for owned entities is their owners, together with those filtered by', () => {
    const known = { ...NOBODY, owned: ['user:default/me', 'group:default/a'] };
    expect(filterOf('list=owned', known)).toEqual([
      'kind=component,relations.ownedBy=user:default/me,relations.ownedBy=group:default/a',
    ]);
    expect(selectionOf(parse('list=owned&owner=group:default/b'), known).query).toEqual({
      $all: [
        { $all: [{ kind: 'component' }, { 'relations.ownedBy': 'group:default/b' }] },
        { $all: [{ 'relations.ownedBy': { $in: ['user:default/me', 'group:default/a'] } }] },
      ],
    });
  });

  it('for lists known to be empty matches nothing', () => {
    expect(filterOf('list=starred')).toEqual(['metadata.name=']);
  });

  it('for orphans is an annotation, for what has an error its status, for both either', () => {
    expect(filterOf('status=orphan')).toEqual(['kind=component,metadata.annotations.backstage.io/orphan=true']);
    expect(filterOf('status=error')).toEqual(['kind=component,status.items.level=error']);
    expect(selectionOf(parse('status=error&status=orphan'), NOBODY).query).toEqual({
      $all: [
        { $all: [{ kind: 'component' }] },
        { $any: [{ $all: [{ 'status.items.level': 'error' }] }, { $all: [{ 'metadata.annotations.backstage.io/orphan': 'true' }] }] },
      ],
    });
  });

  it('for the kind picker leaves out what only holds within a kind', () => {
    const selection = kindSelectionOf(parse('type=service&tag=java'), NOBODY);
    expect(encodeFilter(selection.filter)).toEqual(['metadata.tags=java']);
  });
});
