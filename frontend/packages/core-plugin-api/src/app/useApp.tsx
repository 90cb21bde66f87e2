import { createContext, useContext, type ComponentType, type ReactNode } from 'react';
import type { IdentityApi } from '../apis/definitions/identity';
import { globalSingleton } from '../lib/globalSingleton';
import type { CallboardPlugin } from '../plugin/createPlugin';

/** Properties of the component that stands in for an extension that failed. */
export interface ErrorBoundaryFallbackProps {
  error: Error;
  resetError(): void;
  plugin?: CallboardPlugin;
}

/** Properties of the page shown when the app cannot start. */
export interface BootErrorPageProps {
  step: 'load-config' | 'load-chunk' | 'sign-in';
  error: Error;
  retry?(): void;
}

/** Properties of the page on which people sign in. */
export interface SignInPageProps {
  /** To be called with whoever has signed in. */
  onSignInSuccess(identity: IdentityApi): void;
  /** To be called before the page asks anything. Until then the app may be seen already, without data, if it `entersQuietly`. */
  onQuestion?(): void;
}

/** The page on which people sign in. */
export type SignInPageComponent = ComponentType<SignInPageProps> & {
  /** Whether the app may begin to let the person in while it still starts, for the page to take over. */
  entersQuietly?: boolean;
};

/** Components that an app may replace. */
export interface AppComponents {
  NotFoundErrorPage: ComponentType;
  BootErrorPage: ComponentType<BootErrorPageProps>;
  Progress: ComponentType;
  ErrorBoundaryFallback: ComponentType<ErrorBoundaryFallbackProps>;
  /** In place of the browser's own address: what knows where the app is. */
  Router?: ComponentType<{ basename?: string; children?: ReactNode }>;
  /** What else the look of the app needs around it. */
  ThemeProvider?: ComponentType<{ children?: ReactNode }>;
  /** Without one everybody is a guest. */
  SignInPage?: SignInPageComponent;
}

/** An icon. It has a `size` in pixels, or one of the sizes of text. */
export type IconComponent = ComponentType<{
  size?: number | string;
  fontSize?: 'inherit' | 'small' | 'medium' | 'large';
  className?: string;
  'aria-hidden'?: boolean | 'true';
}>;

/** What components may know of the app they run in. */
export interface AppContext {
  getPlugins(): CallboardPlugin[];
  getComponents(): AppComponents;
  getSystemIcon(key: string): IconComponent | undefined;
  getSystemIcons(): Readonly<Record<string, IconComponent>>;
}

const Context = globalSingleton('AppContext', () => createContext<AppContext | undefined>(undefined));

/** Makes the app available to everything below. */
export function AppContextProvider({ app, children }: { app: AppContext; children?: ReactNode }) {
  return <Context value={app}>{children}</Context>;
}

/** The app the component runs in. */
export function useApp(): AppContext {
  const app = useContext(Context);
  if (!app) {
    throw new Error('No app context: the component is rendered outside of an app');
  }
  return app;
}
