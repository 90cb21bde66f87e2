import { navItemKind, pageKind, preloadExtension, type Installation } from '@callboard/core-plugin-api';
import { isValidElement } from 'react';
import { matchRoutes } from 'react-router-dom';

/**
 * Begins to load the page that an address leads to, while the app still starts. Where none does, that is the one at the
 * first entry of the navigation, which most apps start with. Ends when the page is there, or cannot be loaded, which it
 * says when it is shown.
 */
export async function preloadPage(installation: Installation, pathname: string): Promise<void> {
  const routes = installation.get(pageKind).map(({ params: { path, element } }) => ({ path: `${path.replace(/\/+$/, '')}/*`, element }));
  const home = installation.get(navItemKind).map(({ params }) => params.to).find(to => typeof to === 'string');
  const match = matchRoutes(routes, pathname) ?? matchRoutes(routes, home ?? '/');
  const element = match?.[0]?.route.element;
  if (isValidElement(element)) {
    await preloadExtension(element.type);
  }
}
