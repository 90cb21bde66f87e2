import { createContext, use, useContext, useMemo, type ReactNode } from 'react';
import { UNSAFE_LocationContext as LocationContext, useParams } from 'react-router-dom';
import { globalSingleton } from '../lib/globalSingleton';
import type { AnyParams, AnyRouteRef, ExternalRouteRef, RouteFunc, RouteRef, SubRouteRef } from './types';

/** Turns references into paths, seen from the page that is open. */
export interface RouteResolver {
  resolve(ref: AnyRouteRef, currentPathname: string): ((params?: AnyParams) => string) | undefined;
}

const RoutingContext = globalSingleton('RoutingContext', () => createContext<RouteResolver | undefined>(undefined));

/** Makes the app's routes available to everything below. */
export function RoutingProvider({ resolver, children }: { resolver: RouteResolver; children?: ReactNode }) {
  return <RoutingContext value={resolver}>{children}</RoutingContext>;
}

/** What turns references into paths, for those who have several. */
export function useRouteResolver(): RouteResolver {
  const resolver = useContext(RoutingContext);
  if (!resolver) {
    throw new Error('No routing context: the component is rendered outside of an app');
  }
  return resolver;
}

/** No page's path, which none is seen from. */
const NOWHERE = '';

/** A function that makes the path to a route. Undefined only for an optional external route that is not bound. */
export function useRouteRef<Params extends AnyParams>(ref: ExternalRouteRef<Params, true>): RouteFunc<Params> | undefined;
export function useRouteRef<Params extends AnyParams>(
  ref: RouteRef<Params> | SubRouteRef<Params> | ExternalRouteRef<Params, false>,
): RouteFunc<Params>;
export function useRouteRef<Params extends AnyParams>(
  ref: RouteRef<Params> | SubRouteRef<Params> | ExternalRouteRef<Params>,
): RouteFunc<Params> | undefined {
  const resolver = useContext(RoutingContext);
  if (!resolver) {
    throw new Error(`No routing context to resolve ${ref} with: the component is rendered outside of an app`);
  }
  // Most paths are the same on every page, and who needs those is not drawn anew whenever the address changes.
  const fixed = useMemo(() => resolver.resolve(ref as AnyRouteRef, NOWHERE), [resolver, ref]);
  const pathname = fixed ? NOWHERE : use(LocationContext).location.pathname;
  const path = useMemo(() => fixed ?? resolver.resolve(ref as AnyRouteRef, pathname), [fixed, resolver, ref, pathname]);
  if (!path && !(ref.type === 'external' && ref.optional)) {
    throw new Error(`No path for ${ref}`);
  }
  return path as RouteFunc<Params> | undefined;
}

/** The parameters of the open page, typed by its route reference. */
export function useRouteRefParams<Params extends AnyParams>(_ref: RouteRef<Params> | SubRouteRef<Params>): Params {
  return useParams() as unknown as Params;
}
