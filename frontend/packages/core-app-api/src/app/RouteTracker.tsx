import { AnalyticsContext, useAnalytics } from '@callboard/core-plugin-api';
import { useEffect, useMemo } from 'react';
import { matchRoutes, useLocation } from 'react-router-dom';
import { pathOf, type MountedPage } from '../routing/collectRoutes';

/** Tells analytics of every page that is opened, in the context of the page's plugin and with the parameters of its path. */
export function RouteTracker({ pages }: { pages: readonly MountedPage[] }) {
  const { pathname } = useLocation();
  const routes = useMemo(() => pages.map(page => ({ path: `${pathOf(page.node)}/*`, page })), [pages]);
  const match = matchRoutes(routes, pathname)?.[0];
  const { ref, pluginId, extension } = match?.route.page ?? {};
  const { '*': _rest, ...params } = match?.params ?? {};
  return (
    <AnalyticsContext attributes={ref ? { pluginId, extension, routeRef: ref.id } : {}}>
      <Navigation params={JSON.stringify(params)} />
    </AnalyticsContext>
  );
}

function Navigation({ params }: { params: string }) {
  const analytics = useAnalytics();
  const { pathname, search, hash } = useLocation();
  useEffect(
    () => analytics.captureEvent('navigate', `${pathname}${search}${hash}`, { attributes: JSON.parse(params) as Record<string, string> }),
    [analytics, pathname, search, hash, params],
  );
  return undefined;
}
