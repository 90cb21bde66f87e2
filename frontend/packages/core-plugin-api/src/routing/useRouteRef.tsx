import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useLocation, useParams } from 'react-router-dom';
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

/** A function that makes the path to a route. Undefined only for an optional external route that is not bound. */
export function useRouteRef<Params extends AnyParams>(ref: ExternalRouteRef<Params, true>): RouteFunc<Params> | undefined;
export function useRouteRef<Params extends AnyParams>(
  ref: RouteRef<Params> | SubRouteRef<Params> | ExternalRouteRef<Params, false>,
): RouteFunc<Params>;
export function useRouteRef<Params extends AnyParams>(
  ref: RouteRef<Params> | SubRouteRef<Params> | ExternalRouteRef<Params>,
): RouteFunc<Params> | undefined {
  const { pathname } = useLocation();
  const resolver = useContext(RoutingContext);
  if (!resolver) {
    throw new Error(`No routing context to resolve ${ref} with: the component is rendered outside of an app`);
  }
  const path = useMemo(() => resolver.resolve(ref as AnyRouteRef, pathname), [resolver, ref, pathname]);
  if (!path && !(ref.type === 'external' && ref.optional)) {
    throw new Error(`No path for ${ref}`);
  }
  return path as RouteFunc<Params> | undefined;
}

/** The parameters of the open page, typed by its route reference. */
export function useRouteRefParams<Params extends AnyParams>(_ref: RouteRef<Params> | SubRouteRef<Params>): Params {
  return useParams() as unknown as Params;
}
