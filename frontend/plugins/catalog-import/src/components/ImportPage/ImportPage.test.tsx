import { CatalogClient } from '@callboard/catalog-client';
import { createApiFactory, discoveryApiRef, fetchApiRef } from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, renderInTestApp, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { beforeEach, expect, it } from 'vitest';
import { CatalogImportPage } from '../../plugin';

const FILE = 'https://github.com/acme/new/blob/main/catalog-info.yaml';
const catalogApi = createApiFactory({
  api: catalogApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new CatalogClient(deps),
});

let backend: ReturnType<typeof startMockBackend>;

beforeEach(async () => {
  const importable = sampleEntities().slice(-2);
  backend = startMockBackend([], { [FILE]: importable });
  renderInTestApp(
    <Routes>
      <Route path="/" element={<CatalogImportPage />} />
    </Routes>,
    { apis: [catalogApi], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
  await screen.findByRole('heading', { level: 1 });
});

function analyze(url: string) {
  fireEvent.change(screen.getByRole('textbox', { name: 'URL of a descriptor file or a repository' }), {
    target: { value: url },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Analyze' }));
}

it('shows what a file would add, then adds it', async () => {
  analyze(FILE);
  expect(await screen.findByRole('heading', { name: '2 entities will be added' })).toBeTruthy();
  expect(screen.getAllByRole('row')).toHaveLength(3);
  expect(backend.requests.filter(request => request.includes('POST /api/catalog/locations'))).toEqual([
    'POST /api/catalog/locations?dryRun=true',
  ]);
  expect(await accessibilityViolations()).toEqual([]);
  fireEvent.click(screen.getByRole('button', { name: 'Register 2 entities' }));
  expect(await screen.findByText('Registered')).toBeTruthy();
  expect(backend.entities).toHaveLength(2);
  fireEvent.click(screen.getByRole('button', { name: 'Register another' }));
  analyze(FILE);
  expect(await screen.findByRole('region', { name: 'This location is registered already' })).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Read again' })).toBeTruthy();
});

it('shows the catalog’s own message when a file cannot be read', async () => {
  analyze('https://github.com/acme/none/blob/main/catalog-info.yaml');
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('This cannot be registered as it is');
  expect(alert.textContent).toContain('NotFoundError: Unable to read url');
});

it('lets one choose among the files of a repository', async () => {
  analyze('https://github.com/acme/new');
  expect(await screen.findByRole('checkbox', { name: new RegExp('catalog-info.yaml') })).toHaveProperty('checked', true);
  fireEvent.click(screen.getByRole('button', { name: 'Register 1 file' }));
  await waitFor(() => expect(backend.entities).toHaveLength(2));
});

it('proposes a descriptor where a repository has none', async () => {
  analyze('https://github.com/acme/bare');
  const proposal = await screen.findByRole('region', { name: 'Proposed catalog-info.yaml' });
  expect(proposal.textContent).toContain('github.com/project-slug: acme/bare');
  expect(proposal.textContent).toContain('owner: your-team');
});

it('wants a whole address', async () => {
  analyze('acme/new');
  expect(await screen.findByText('Enter the whole address, starting with https://')).toBeTruthy();
  expect(backend.requests.some(request => request.startsWith('POST'))).toBe(false);
});
