import type { AnyParams, ExternalRouteRef, PathParams, RouteRef, SubRouteRef } from './types';

type ParamsOf<Key extends string> = { [K in Key]: string };

/**
 * Declares a page. The id names the reference in messages; a title does where there is no id.
 */
export function createRouteRef<Key extends string = never>(options: {
  id?: string;
  title?: string;
  params?: readonly Key[];
}): RouteRef<ParamsOf<Key>> {
  const id = options.id ?? options.title;
  if (!id) {
    throw new Error('A route reference needs an id or a title');
  }
  return described({ type: 'absolute', id, params: options.params ?? [] });
}

/** Declares a path below a page. */
export function createSubRouteRef<Path extends string, ParentParams extends AnyParams = ParamsOf<never>>(options: {
  id: string;
  path: Path;
  parent: RouteRef<ParentParams>;
}): SubRouteRef<ParamsOf<PathParams<Path>> & ParentParams> {
  const { id, path, parent } = options;
  if (!path.startsWith('/')) {
    throw new Error(`Sub route path must start with '/', got '${path}'`);
  }
  if (path.endsWith('/')) {
    throw new Error(`Sub route path must not end with '/', got '${path}'`);
  }
  const own = path
    .split('/')
    .filter(segment => segment.startsWith(':'))
    .map(segment => segment.slice(1));
  for (const param of own) {
    if (!/^\w+$/.test(param)) {
      throw new Error(`Sub route path has invalid param, got '${param}'`);
    }
    if (parent.params.includes(param)) {
      throw new Error(`Sub route may not have params that overlap with its parent, got '${param}'`);
    }
  }
  return described({ type: 'sub', id, path, parent: parent as unknown as RouteRef, params: [...parent.params, ...own] });
}

/** Declares a page of another plugin that the app binds. */
export function createExternalRouteRef<Key extends string = never, Optional extends boolean = false>(options: {
  id: string;
  params?: readonly Key[];
  optional?: Optional;
  defaultTarget?: string;
}): ExternalRouteRef<ParamsOf<Key>, Optional> {
  return described({
    type: 'external',
    id: options.id,
    params: options.params ?? [],
    optional: (options.optional ?? false) as Optional,
    defaultTarget: options.defaultTarget,
  });
}

/** Gives the reference a readable form for messages without showing up among its members. */
function described<T extends { type: string; id: string }>(ref: T): T {
  Object.defineProperty(ref, 'toString', { value: () => `routeRef{type=${ref.type},id=${ref.id}}` });
  return ref;
}
