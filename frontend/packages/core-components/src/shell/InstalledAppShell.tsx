import {
  alertApiRef,
  appRootElementKind,
  configApiRef,
  ExtensionProvider,
  navItemKind,
  searchDialogKind,
  useApi,
  useExtensions,
  useInstallation,
  useInstalledTexts,
  useRouteResolver,
} from '@callboard/core-plugin-api';
import { useEffect, type ReactNode } from 'react';
import { useMessages } from '../translation';
import { AppShell } from './AppShell';
import type { DrawnItem, NavigationGroup, NavigationItem } from './navigation';
import { useAllowed } from '../permissions/permissions';

/** The shell of an app whose navigation, search and background elements come from what is installed. */
export function InstalledAppShell({ children }: { children?: ReactNode }) {
  const rootElements = useExtensions(appRootElementKind);
  const search = useExtensions(searchDialogKind)[0];
  const { navigation, personal } = useInstalledNavigation();
  useProblemReport();
  return (
    <AppShell
      navigation={navigation}
      personal={personal}
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
const PERSONAL = 'user';

/** The entries by their groups; those of the group `user` stand in the person's menu. */
function useInstalledNavigation(): { navigation: NavigationGroup[]; personal: NavigationItem[] } {
  const messages = useMessages();
  const items = useExtensions(navItemKind);
  const resolver = useRouteResolver();
  const textOf = useInstalledTexts();
  const allowed = useAllowed(items.flatMap(({ params }) => params.permissions ?? []));
  const groups = new Map<string, (NavigationItem | DrawnItem)[]>([[MAIN, []]]);
  for (const extension of items) {
    const { id, params, plugin } = extension;
    const { title, icon, to, element, group = MAIN, permissions } = params;
    const path = typeof to === 'string' ? to : to && resolver.resolve(to, '/')?.();
    const drawn = element && { id, element: <ExtensionProvider extension={extension}>{element}</ExtensionProvider> };
    const target = drawn ?? (path ? { to: path } : undefined);
    if (target && (!permissions || permissions.some(name => allowed.has(name)))) {
      groups.set(group, [...(groups.get(group) ?? []), { label: textOf(title, plugin.getId()), icon, ...target }]);
    }
  }
  // The menu of the person holds links only.
  const personal = (groups.get(PERSONAL) ?? []).filter(item => 'to' in item);
  const last = groups.get(LAST) ?? [];
  groups.delete(PERSONAL);
  groups.delete(LAST);
  const titleOf = (group: string) => (group === MAIN ? undefined : (messages.shell.groups[group] ?? group));
  const navigation = [...groups, [LAST, last] as const]
    .filter(([, members]) => members.length > 0)
    .map(([group, members]) => ({ title: titleOf(group), items: members }));
  return { navigation, personal };
}

/** Tells whoever runs the portal what of its configuration is not used; people who use it see it on no page. */
function useProblemReport(): void {
  const messages = useMessages();
  const { problems } = useInstallation();
  const config = useApi(configApiRef);
  const alertApi = useApi(alertApiRef);
  useEffect(() => {
    if (problems.length === 0) {
      return;
    }
    // eslint-disable-next-line no-console -- for whoever looks for the reason
    problems.forEach(problem => console.warn(problem));
    if (config.getOptionalString('auth.environment') === 'development') {
      alertApi.post({ message: messages.shell.problems(problems.length, problems[0] ?? ''), severity: 'warning' });
    }
  }, [problems, config, alertApi, messages]);
}
