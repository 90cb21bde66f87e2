import {
  appRootElementKind,
  ExtensionProvider,
  navItemKind,
  searchDialogKind,
  useExtensions,
  useRouteResolver,
  type InstalledExtension,
  type NavItemParams,
} from '@callboard/core-plugin-api';
import type { ReactNode } from 'react';
import { messages } from '../messages';
import { AppShell } from './AppShell';
import type { NavigationGroup } from './navigation';

/** The shell of an app whose navigation, search and background elements come from what is installed. */
export function InstalledAppShell({ children }: { children?: ReactNode }) {
  const rootElements = useExtensions(appRootElementKind);
  const search = useExtensions(searchDialogKind)[0];
  const navigation = useInstalledNavigation();
  return (
    <AppShell
      navigation={navigation}
      renderSearch={
        search && (dialog => <ExtensionProvider extension={search}>{search.params.render(dialog)}</ExtensionProvider>)
      }
    >
      {children}
      {rootElements.map(extension => (
        <ExtensionProvider key={extension.id} extension={extension}>
          {extension.params.element}
        </ExtensionProvider>
      ))}
    </AppShell>
  );
}

const MAIN = 'main';
const LAST = 'admin';

function useInstalledNavigation(): NavigationGroup[] {
  const items = useExtensions(navItemKind);
  const resolver = useRouteResolver();
  const groups = new Map<string, InstalledExtension<NavItemParams>[]>([[MAIN, []]]);
  for (const item of items) {
    const group = item.params.group ?? MAIN;
    groups.set(group, [...(groups.get(group) ?? []), item]);
  }
  const last = groups.get(LAST);
  groups.delete(LAST);
  return [...groups, ...(last ? [[LAST, last] as const] : [])].map(([group, members]) => ({
    title: group === MAIN ? undefined : (messages.shell.groups[group] ?? group),
    items: members.flatMap(({ params: { title, icon, to } }) => {
      const path = typeof to === 'string' ? to : resolver.resolve(to, '/')?.();
      return path ? [{ label: title, icon, to: path }] : [];
    }),
  }));
}
