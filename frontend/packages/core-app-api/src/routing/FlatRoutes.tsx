import { featureFlagsApiRef, flattenElements, useApi, useApp } from '@callboard/core-plugin-api';
import type { ReactNode } from 'react';
import { useRoutes, type RouteObject } from 'react-router-dom';

interface RouteProps {
  path?: string;
  element?: ReactNode;
  children?: ReactNode;
}

/**
 * The pages of an app, each a `Route` with an absolute path. Their order does not matter, since the router prefers fixed
 * paths to parameters, and every page may have routes of its own below its path.
 */
export function FlatRoutes({ children }: { children?: ReactNode }) {
  const { NotFoundErrorPage } = useApp().getComponents();
  const flags = useApi(featureFlagsApiRef);

  const routes = flattenElements(children, flags)
    .map(({ props }) => props as RouteProps)
    .filter(({ path }) => path !== undefined)
    .map(({ path = '', element, children: nested }): RouteObject => {
      const trimmed = path.replace(/^\/+|\/?\*?$/g, '');
      return {
        path: trimmed === '' ? '/' : `${trimmed}/*`,
        element,
        children: nested ? [{ path: trimmed === '' ? '/' : '*', element: nested }] : undefined,
      };
    });

  return useRoutes([...routes, { path: '*', element: <NotFoundErrorPage /> }]);
}
