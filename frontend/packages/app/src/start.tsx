import { startTransition, StrictMode } from 'react';
import { createRoot as createReactRoot } from 'react-dom/client';

/** Shows the app. */
export async function start(): Promise<void> {
  const container = document.getElementById('root');
  if (!container) {
    throw new Error('The page has no element with id "root"');
  }
  const appRoot = createReactRoot(container);
  // The app's own code runs in a task apart from its libraries', is put together in another, and renders in slices: what
  // one types or clicks meanwhile does not wait for all of it.
  const { app, createRoot } = await import('./App');
  await new Promise(resolve => setTimeout(resolve));
  const Root = createRoot();
  await app.firstPageLoaded();
  startTransition(() => appRoot.render(<StrictMode><Root /></StrictMode>));
}
