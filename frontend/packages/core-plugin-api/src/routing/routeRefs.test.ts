import { describe, expect, expectTypeOf, it } from 'vitest';
import { createApiRef } from '../apis/ApiRef';
import { createRouteRef, createSubRouteRef } from './routeRefs';
import type { SubRouteRef } from './types';

describe('route references', () => {
  it('need a name', () => {
    expect(() => createRouteRef({})).toThrow('needs an id or a title');
  });

  const parent = createRouteRef({ id: 'parent', params: ['name'] });

  it('below others have the parameters of both', () => {
    const sub = createSubRouteRef({ id: 'sub', path: '/runs/:run', parent });
    expect(sub.params).toEqual(['name', 'run']);
    expectTypeOf(sub).toExtend<SubRouteRef<{ run: string; name: string }>>();
  });

  it.each([
    ['runs', "must start with '/'"],
    ['/runs/', "must not end with '/'"],
    ['/:na-me', "invalid param, got 'na-me'"],
    ['/:name', "overlap with its parent, got 'name'"],
  ])('refuse the path %s', (path, message) => {
    expect(() => createSubRouteRef({ id: 'sub', path, parent })).toThrow(message);
  });
});

describe('API references', () => {
  it.each(['', 'a..b', 'a b', '.a'])('refuse the id "%s"', id => {
    expect(() => createApiRef({ id })).toThrow('API id must be');
  });
});
