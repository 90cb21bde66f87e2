import { createContext, useContext, useState, type ComponentType, type ReactElement, type ReactNode } from 'react';

/**
 * Where the pages of an app are, by the name that apps written for Backstage use. The root of an app has the router and asks
 * people to sign in, around everything, so that there is nothing left to do here.
 */
export function AppRouter({ children }: { children?: ReactNode }) {
  return children;
}

const Children = createContext<ReactNode>(undefined);

/** What is around an app now; its own children are those that the app was made with. */
function Current(_props: { children?: ReactNode }) {
  return useContext(Children);
}

/** A component that has an app around its children. Which plugins and pages are among them is read once. */
export function createAppProvider(makeRoot: (tree: ReactNode) => ReactElement): ComponentType<{ children?: ReactNode }> {
  return function AppProvider({ children }) {
    const [root] = useState(() => makeRoot(<Current>{children}</Current>));
    return <Children value={children}>{root}</Children>;
  };
}
