import type { ReactElement, ReactNode } from 'react';
import type { IconComponent } from '../app/useApp';
import type { RouteRef, SubRouteRef } from '../routing/types';
import { createExtensionKind, declareExtension, type DeclarationOptions, type ExtensionDeclaration } from './extensionKinds';
import type { ExtensionLookup } from './installation';
import type { TranslationResource } from '../translation/translationRef';
import { pathSetting, textSetting } from './settings';

/** An icon, or the name of one that the app knows. */
export type IconOrName = IconComponent | string;

/** A page with a path of its own. */
export interface PageParams {
  /** Where it is unless configuration says otherwise. Parameters of the path must stay. */
  path: string;
  /** What the navigation calls it. A page without a title, or with parameters in its path, is not in the navigation. */
  title?: string;
  icon?: IconOrName;
  /** The part of the navigation it belongs to: `main`, `tools`, `admin`, or the title of another. */
  group?: string;
  /** The page, mostly an extension made by `createRoutableExtension`. */
  element: ReactElement;
  /** Keeps it out of the navigation. */
  hidden?: boolean;
  /** Keeps it out of the navigation of people who have none of these permissions. The page itself must say no by its own means. */
  permissions?: readonly string[];
  /** What is mounted below the page's path, made of the extensions of others. */
  children?(extensions: ExtensionLookup): ReactNode;
}

export const pageKind = createExtensionKind<PageParams>({
  id: 'page',
  settings: {
    path: pathSetting,
    title: textSetting,
    icon: textSetting,
    group: textSetting,
  },
});

/** Declares a page: `page:<plugin>`, or `page:<plugin>/<name>`. */
export const definePage = (options: PageParams & DeclarationOptions): ExtensionDeclaration<PageParams> =>
  declareExtension(pageKind, options);

/** An entry of the navigation. Pages with a title have one by themselves. */
export interface NavItemParams {
  title: string;
  icon?: IconOrName;
  group?: string;
  /** A path, an address elsewhere, or a page. */
  to?: string | RouteRef | SubRouteRef;
  /** What is shown in place of a link, made of `SidebarItem` and `SidebarSubmenu`; nothing where it has nothing to show. */
  element?: ReactElement;
  /** Shown only to those who have one of these permissions, such as `audit.event.read`. */
  permissions?: readonly string[];
}

export const navItemKind = createExtensionKind<NavItemParams>({
  id: 'nav-item',
  settings: { title: textSetting, icon: textSetting, group: textSetting, to: textSetting },
});

/** Declares an entry of the navigation: `nav-item:<plugin>/<name>`. */
export const defineNavItem = (options: NavItemParams & DeclarationOptions): ExtensionDeclaration<NavItemParams> =>
  declareExtension(navItemKind, options);

/** Something that is there on every page, such as a listener; it may show nothing. */
export interface AppRootElementParams {
  element: ReactElement;
}

export const appRootElementKind = createExtensionKind<AppRootElementParams>({ id: 'app-root-element' });

/** Declares an element of every page: `app-root-element:<plugin>/<name>`. */
export const defineAppRootElement = (
  options: AppRootElementParams & DeclarationOptions,
): ExtensionDeclaration<AppRootElementParams> => declareExtension(appRootElementKind, options);

/** A language that the portal can be read in, with the texts of other plugins in it. Settings offer it. */
export interface LanguageParams {
  /** As a tag, such as `de` or `pt-BR`. */
  language: string;
  resources: readonly TranslationResource[];
}

export const languageKind = createExtensionKind<LanguageParams>({ id: 'language' });

/** Declares a language: `language:<plugin>[/<name>]`. */
export const defineLanguage = (options: LanguageParams & DeclarationOptions): ExtensionDeclaration<LanguageParams> =>
  declareExtension(languageKind, options);

/** The dialog that Ctrl+K opens. The first one installed is used. */
export interface SearchDialogParams {
  render(dialog: { onClose(): void }): ReactNode;
}

export const searchDialogKind = createExtensionKind<SearchDialogParams>({ id: 'search-dialog' });

/** Declares a search dialog: `search-dialog:<plugin>`. */
export const defineSearchDialog = (
  options: SearchDialogParams & DeclarationOptions,
): ExtensionDeclaration<SearchDialogParams> => declareExtension(searchDialogKind, options);
