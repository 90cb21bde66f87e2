import { CatalogClient } from '@callboard/catalog-client';
import type { Entity } from '@callboard/catalog-model';
import { createApiFactory, discoveryApiRef, fetchApiRef } from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, renderInTestApp, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { Route, Routes } from 'react-router-dom';
import { beforeEach, describe, expect, it } from 'vitest';
import { CatalogImportPage } from '../../plugin';

const FILE = 'https://github.com/acme/new/blob/main/catalog-info.yaml';
const catalogApi = createApiFactory({
  api: catalogApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new CatalogClient(deps),
});

let backend: ReturnType<typeof startMockBackend>;

beforeEach(async () => {
  backend = startMockBackend([], { [FILE]: sampleEntities().slice(-2) });
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
  fireEvent.click(screen.getByRole('button', { name: 'Analyse' }));
}

it('shows what a file would add, then adds it', async () => {
  analyze(FILE);
  expect(await screen.findByRole('heading', { name: '2 entities will be added' })).toBeTruthy();
  expect(screen.getByText(/This was a dry run/)).toBeTruthy();
  const rows = screen.getAllByRole('row').slice(1).map(row => row.textContent ?? '');
  expect(rows).toHaveLength(2);
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

it('lists what a file describes in its order, then what it leads to', async () => {
  const from = (file: string, kind: string, name: string): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, annotations: { 'backstage.io/managed-by-location': `url:${file}` } },
  });
  const [root, zulu] = [from(FILE, 'Location', 'root'), from(FILE, 'Component', 'zulu')];
  const [mike, alfa] = [from(`${FILE}/more.yaml`, 'Component', 'mike'), from(`${FILE}/more.yaml`, 'API', 'alfa')];
  // As the catalog does: the last of a file first, and what a location leads to right after it.
  backend.override(/dryRun/, () => Response.json({ location: {}, entities: [zulu, root, alfa, mike] }, { status: 201 }));
  analyze(FILE);
  await screen.findByRole('heading', { name: '4 entities will be added' });
  expect(screen.getAllByRole('row').slice(1).map(row => row.querySelector('td')?.textContent)).toEqual(['root', 'zulu', 'mike', 'alfa']);
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

const denied = () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 });
const refused = () => Response.json({ error: { name: 'InputError', message: 'spec.owner is missing' } }, { status: 400 });

it('tells who may not register anything', async () => {
  backend.override(/POST .*locations/, denied);
  analyze(FILE);
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('You may not register components');
  expect(alert.textContent).toContain('Whoever administers the portal can grant it');
});

it('checks each file of a repository, and offers what can be registered', async () => {
  Object.assign(backend.importable, { 'https://github.com/acme/new/blob/main/second.yaml': sampleEntities().slice(0, 1) });
  let dryRuns = 0;
  backend.override(/dryRun/, () => (++dryRuns === 2 ? refused() : undefined));
  analyze('https://github.com/acme/new');
  expect(await screen.findByRole('checkbox', { name: /catalog-info.yaml/ })).toHaveProperty('checked', true);
  const second = screen.getByRole('checkbox', { name: /second.yaml/ });
  expect(second).toHaveProperty('checked', false);
  expect(second).toHaveProperty('disabled', true);
  expect(screen.getByText('spec.owner is missing')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Register 1 file' })).toBeTruthy();
});

it('registers the other files when one fails, and tries that again', async () => {
  Object.assign(backend.importable, { 'https://github.com/acme/new/blob/main/second.yaml': sampleEntities().slice(0, 1) });
  let broken = true;
  let registrations = 0;
  backend.override(/POST .*locations\?onConflict/, () => (broken && ++registrations === 1 ? refused() : undefined));
  analyze('https://github.com/acme/new');
  fireEvent.click(await screen.findByRole('button', { name: 'Register 2 files' }));
  expect((await screen.findByRole('alert')).textContent).toContain(`${FILE} was not registered`);
  expect(backend.entities).toHaveLength(1);
  broken = false;
  fireEvent.click(screen.getByRole('button', { name: 'Try the failed file again' }));
  await waitFor(() => expect(backend.entities).toHaveLength(3));
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  expect(screen.getAllByRole('listitem').length).toBeGreaterThanOrEqual(3);
});

describe('several at once', () => {
  const ABSENT = 'https://github.com/acme/none/blob/main/catalog-info.yaml';
  const BARE = 'https://github.com/acme/bare';

  function analyzeSeveral(text: string) {
    fireEvent.click(screen.getByRole('button', { name: 'Several at once' }));
    fireEvent.change(screen.getByRole('textbox', { name: /one a line/ }), { target: { value: text } });
    fireEvent.click(screen.getByRole('button', { name: 'Analyse' }));
  }

  it('have a result each, and are registered together', async () => {
    analyzeSeveral([FILE, ABSENT, BARE, FILE].join('\n'));
    const result = (address: string) => screen.getByTitle(address).closest('tr')?.textContent ?? '';
    await waitFor(() => expect(result(FILE)).toContain('2 entities will be added'));
    await waitFor(() => expect(result(ABSENT)).toContain('Cannot be registered as it is'));
    await waitFor(() => expect(result(BARE)).toContain('No descriptor file was found'));
    expect(screen.getAllByRole('row')).toHaveLength(4);
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getAllByRole('button', { name: 'Show details' })[1] as HTMLElement);
    expect((await screen.findByRole('alert')).textContent).toContain('NotFoundError: Unable to read url');

    fireEvent.click(screen.getByRole('button', { name: 'Register 1 file with 2 entities' }));
    await waitFor(() => expect(result(FILE)).toContain('Registered'));
    expect(backend.entities).toHaveLength(2);
    expect(await screen.findByRole('button', { name: 'Nothing to register' })).toHaveProperty('disabled', true);
  });

  it('can be pasted where one goes', async () => {
    fireEvent.paste(screen.getByRole('textbox'), { clipboardData: { getData: () => `${FILE}\n${BARE}\n` } });
    expect(await screen.findByRole('textbox', { name: /one a line/ })).toHaveProperty('value', `${FILE}\n${BARE}`);
    fireEvent.click(screen.getByRole('button', { name: 'One at a time' }));
    expect(screen.getByRole('textbox', { name: 'URL of a descriptor file or a repository' })).toBeTruthy();
  });

  it('must be whole addresses', async () => {
    analyzeSeveral(`${FILE}\nacme/new`);
    expect(await screen.findByText('“acme/new” is not a whole address, starting with https://')).toBeTruthy();
    expect(backend.requests.some(request => request.startsWith('POST'))).toBe(false);
  });
});
