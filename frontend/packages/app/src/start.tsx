import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** Shows the app. */
export async function start(): Promise<void> {
  const container = document.getElementById('root');
  if (!container) {
    throw new Error('The page has no element with id "root"');
  }
  const appRoot = createRoot(container);
  // The app's own code runs in a task apart from its libraries', and renders in slices: what one types or clicks meanwhile
  // does not wait for all of it.
  const { app, Root } = await import('./App');
  await app.firstPageLoaded();
  startTransition(() => appRoot.render(<StrictMode><Root /></StrictMode>));
}
