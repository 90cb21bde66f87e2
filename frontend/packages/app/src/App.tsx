import '@callboard/theme/fonts';
import { createApp, FlatRoutes, installedRoutes } from '@callboard/core-app-api';
import { InstalledAppShell, SignInPage } from '@callboard/core-components';
import { navItemKind, pageKind, type Installation } from '@callboard/core-plugin-api';
import { Navigate, Route } from 'react-router-dom';
import { packages } from 'virtual:callboard/packages';

/** Every plugin in the workspace; `app.extensions` in app-config.yaml says what of it is shown, where and how. */
export const app = createApp({
  packages,
  components: { SignInPage },
  config: { app: { title: 'Callboard' } },
});

/** Makes the whole app of what is installed: what surrounds the pages, and the pages. */
export function createRoot() {
  return app.createRoot(installation => (
    <InstalledAppShell>
      <FlatRoutes>
        {installedRoutes(installation)}
        {homeRoute(installation)}
      </FlatRoutes>
    </InstalledAppShell>
  ));
}

/** Where no page is at `/`, the first entry of the navigation is home. */
function homeRoute(installation: Installation) {
  const home = installation.get(navItemKind).map(({ params }) => params.to).find(to => typeof to === 'string' && to.startsWith('/'));
  const taken = installation.get(pageKind).some(({ params }) => params.path === '/');
  return typeof home === 'string' && !taken && <Route key="home" path="/" element={<Navigate to={home} replace />} />;
}
