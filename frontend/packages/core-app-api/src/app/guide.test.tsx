/**
 * The samples of the plugin guide, with nothing changed but the package's name: what plugin authors have read must
 * work.
 */
import { createPlugin, createRoutableExtension, createRouteRef, useRouteRef } from '@callboard/core-plugin-api';
import { render, screen } from '@testing-library/react';
import { MemoryRouter, Route } from 'react-router-dom';
import { expect, it } from 'vitest';
import { FlatRoutes } from '../routing/FlatRoutes';
import { createApp } from './createApp';

const rootRouteRef = createRouteRef({
  title: 'Example Page',
});

const examplePlugin = createPlugin({
  id: 'example',
  routes: {
    root: rootRouteRef,
  },
});

const ExamplePage = examplePlugin.provide(
  createRoutableExtension({
    name: 'ExamplePage',
    component: () => import('./ExampleComponent.fixture').then(m => m.ExampleComponent),
    mountPoint: rootRouteRef,
  }),
);

function LinkToExample() {
  return <a href={useRouteRef(rootRouteRef)()}>Example</a>;
}

function renderAt(path: string) {
  const app = createApp();
  return render(
    <MemoryRouter initialEntries={[path]}>
      {app.createProvider(
        <>
          <LinkToExample />
          <FlatRoutes>
            <Route path="/any-path" element={<ExamplePage />} />
          </FlatRoutes>
        </>,
      )}
    </MemoryRouter>,
  );
}

it('mounts the page at the path the app chooses', async () => {
  renderAt('/any-path');
  expect(await screen.findByText('Hello from the example plugin')).toBeTruthy();
});

it('links to the page by its route reference', () => {
  renderAt('/');
  expect(screen.getByRole('link', { name: 'Example' })).toHaveProperty('pathname', '/any-path');
});

it('exposes the plugin as the test of a new plugin expects', () => {
  expect(examplePlugin).toBeDefined();
  expect(examplePlugin.getId()).toBe('example');
  expect(String(rootRouteRef)).toBe('routeRef{type=absolute,id=Example Page}');
});
