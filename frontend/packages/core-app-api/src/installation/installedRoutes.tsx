import { ExtensionProvider, pageKind, type Installation, type InstalledExtension, type PageParams } from '@callboard/core-plugin-api';
import type { ReactElement } from 'react';
import { Route } from 'react-router-dom';

/** A route for each installed page, for the `FlatRoutes` of an app. */
export function installedRoutes(installation: Installation): ReactElement[] {
  return installation.get(pageKind).map(extension => installedRoute(extension, installation));
}

function installedRoute(extension: InstalledExtension<PageParams>, installation: Installation): ReactElement {
  const { path, element, children } = extension.params;
  return (
    <Route key={extension.id} path={path} element={<ExtensionProvider extension={extension}>{element}</ExtensionProvider>}>
      {children?.(installation)}
    </Route>
  );
}
