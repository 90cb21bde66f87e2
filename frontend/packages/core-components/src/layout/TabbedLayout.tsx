import { attachComponentData, flattenElements } from '@callboard/core-plugin-api';
import type { ReactNode } from 'react';
import { Link, useParams, useRoutes } from 'react-router-dom';
import { Content } from '../components/PageHeader';
import { NotFoundErrorPage } from '../errors/pages';
import styles from './layout.module.css';
import { TabStrip } from './TabStrip';

/** A tab with a path of its own below the page's. */
export interface SubRoute {
  path: string;
  title: string;
  /** Further attributes of its link. */
  tabProps?: Record<string, unknown>;
  children?: ReactNode;
}

/** Tabs whose choice is in the address, and the content of the one that is open. The first is open where none is named. */
export function RoutedTabs({ routes }: { routes: readonly SubRoute[] }) {
  const { '*': rest = '' } = useParams();
  const trimmed = routes.map(route => ({ ...route, path: trim(route.path) }));
  const open = trimmed.find(({ path }) => path !== '' && (rest === path || rest.startsWith(`${path}/`)));
  const root = trimmed.find(({ path }) => path === '') ?? (rest === '' ? trimmed[0] : undefined);
  const element = useRoutes([
    ...trimmed.map(({ path, children }) => ({ path: path === '' ? '/' : `${path}/*`, element: children })),
    ...(trimmed.some(({ path }) => path === '') ? [] : [{ path: '/', element: trimmed[0]?.children }]),
    { path: '*', element: <NotFoundErrorPage /> },
  ]);
  const base = '../'.repeat(rest === '' ? 0 : rest.split('/').filter(Boolean).length);
  return (
    <>
      <TabStrip>
        {trimmed.map(tab => (
          <Link
            key={tab.path}
            {...tab.tabProps}
            className={styles.tab}
            to={`${base}${tab.path}` || '.'}
            relative="path"
            aria-current={(open ?? root) === tab ? 'page' : undefined}
          >
            {tab.title}
          </Link>
        ))}
      </TabStrip>
      <Content>{element}</Content>
    </>
  );
}

function trim(path: string): string {
  return path.replace(/^\/+|\/+$|\/?\*$/g, '');
}

/** A tab. It says what is shown; the layout shows it. */
function TabbedLayoutRoute(_props: SubRoute) {
  return undefined;
}
attachComponentData(TabbedLayoutRoute, 'core.gatherMountPoints', true);

function TabbedLayoutRoot({ children }: { children?: ReactNode }) {
  return <RoutedTabs routes={flattenElements(children).map(({ props }) => props as unknown as SubRoute)} />;
}

/** A page in tabs, each with a path. Compose it of `TabbedLayout.Route`s. */
export const TabbedLayout = Object.assign(TabbedLayoutRoot, { Route: TabbedLayoutRoute });
