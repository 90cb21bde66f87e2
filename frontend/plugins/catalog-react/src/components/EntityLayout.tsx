import { Content, EmptyState, ErrorPanel, LoadingBlock, NotFoundErrorPage, Skeleton, TabStrip, useDocumentTitle } from '@callboard/core-components';
import { attachComponentData, flattenElements, useInstalledTexts, useRouteRef, type IconOrName } from '@callboard/core-plugin-api';
import type { Entity } from '@callboard/catalog-model';
import Button from '@mui/material/Button';
import { SearchX } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useParams, useRoutes } from 'react-router-dom';
import { useMessages, type Messages } from '../translation';
import { entityRouteRef } from '../routes';
import { useAsyncEntity } from './EntityContext';
import styles from './EntityLayout.module.css';
import { EntityLayoutOptionsContext, useEntityHeader, type EntityLayoutOptions } from './EntityLayoutContext';
import { TabGroup } from './TabGroup';

export interface EntityLayoutRouteProps {
  /** Below the entity's page; `/` is shown first. */
  path: string;
  title: string;
  /** Tabs of a group with several stand in a menu of its name. */
  group?: string;
  icon?: IconOrName;
  /** Leaves the tab out for entities it has nothing to say about. */
  if?(entity: Entity): boolean;
  /** Further attributes of its link. */
  tabProps?: Record<string, unknown>;
  children?: ReactNode;
}

/** A tab. It says what is shown; the layout shows it. */
function EntityLayoutRoute(_props: EntityLayoutRouteProps) {
  return undefined;
}
attachComponentData(EntityLayoutRoute, 'core.gatherMountPoints', true);

export interface EntityLayoutProps extends EntityLayoutOptions {
  /** In place of the one that the page has for all entities. */
  header?: ReactNode;
  /** Stands where the catalog has no such entity, in place of what says so. */
  NotFoundComponent?: ReactNode;
  children?: ReactNode;
}

/** The page of an entity: a head, and tabs with a path each. */
function EntityLayoutRoot({ header, NotFoundComponent, children, ...options }: EntityLayoutProps) {
  const messages = useMessages();
  const pageHeader = useEntityHeader();
  const { entity, loading, error, refresh } = useAsyncEntity();
  const basePath = useEntityPath();
  const textOf = useInstalledTexts();
  const tabs = flattenElements(children)
    .map(({ props }) => props as unknown as EntityLayoutRouteProps)
    .filter(tab => entity && (tab.if?.(entity) ?? true));

  if (error && !entity) {
    return (
      <Content>
        <ErrorPanel error={error} title={messages.loadFailed} onRetry={refresh} />
      </Content>
    );
  }
  if (!entity && !loading) {
    return NotFoundComponent ?? <MissingEntity onRetry={refresh} />;
  }
  return (
    <>
      <EntityLayoutOptionsContext value={options}>{header ?? pageHeader}</EntityLayoutOptionsContext>
      <TabStrip>
        {entity ? (
          tabGroups(tabs, messages).map(group => {
            const links = group.tabs.map(({ path, title, tabProps }) => ({ title: textOf(title), to: joinPath(basePath, path), end: path === '/', tabProps }));
            return <TabGroup key={links[0]?.to} title={group.title} links={links} />;
          })
        ) : (
          <Skeleton width={200} height={16} />
        )}
      </TabStrip>
      <Content>{entity ? <TabContent tabs={tabs} /> : <LoadingContent />}</Content>
    </>
  );
}

/** The page of an entity. Compose it of `EntityLayout.Route`s. */
export const EntityLayout = Object.assign(EntityLayoutRoot, { Route: EntityLayoutRoute });

/** Tabs as they stand side by side: those of one group together, where the first of them is. */
function tabGroups(tabs: EntityLayoutRouteProps[], messages: Messages): { title: string; tabs: EntityLayoutRouteProps[] }[] {
  const groups = new Map<string, EntityLayoutRouteProps[]>();
  for (const tab of tabs) {
    const key = tab.group ? `group ${tab.group}` : `path ${tab.path}`;
    groups.set(key, [...(groups.get(key) ?? []), tab]);
  }
  return [...groups.values()].map(members => {
    const group = members[0]?.group ?? '';
    return { title: messages.groups[group] ?? group, tabs: members };
  });
}

function TabContent({ tabs }: { tabs: EntityLayoutRouteProps[] }) {
  return useRoutes([
    ...tabs.map(({ path, children }) => {
      const trimmed = path.replace(/^\/+|\/+$/g, '');
      return { path: trimmed === '' ? '/' : `${trimmed}/*`, element: children };
    }),
    { path: '*', element: <NotFoundErrorPage /> },
  ]);
}

/** The path of the page's entity. Absolute, because a tab may have any depth of paths below it. */
function useEntityPath(): string {
  const { kind = '', namespace = '', name = '' } = useParams();
  return useRouteRef(entityRouteRef)({ kind, namespace, name });
}

function joinPath(base: string, path: string): string {
  return [base, path.replace(/^\/+|\/+$/g, '')].filter(Boolean).join('/');
}

function LoadingContent() {
  return (
    <div className={styles.loading}>
      <LoadingBlock height={260} />
      <Skeleton height={180} />
    </div>
  );
}

function MissingEntity({ onRetry }: { onRetry: (() => void) | undefined }) {
  const messages = useMessages();
  const { kind = '', namespace = '', name = '' } = useParams();
  const text = messages.notFound;
  useDocumentTitle(name);
  return (
    <EmptyState
      isPage
      icon={SearchX}
      title={text.title(`${kind}:${namespace}/${name}`)}
      description={text.text}
      action={
        <>
          <Button onClick={onRetry}>{text.retry}</Button>
          <Button component={Link} to="/">
            {text.action}
          </Button>
        </>
      }
    />
  );
}
