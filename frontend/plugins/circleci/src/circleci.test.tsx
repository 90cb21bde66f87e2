import { CircleCISimulator } from '@callboard/circleci-simulator';
import { CatalogClient } from '@callboard/catalog-client';
import type { Entity } from '@callboard/catalog-model';
import { ConfigReader, FlatRoutes } from '@callboard/core-app-api';
import { createApiFactory, discoveryApiRef, fetchApiRef, useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityProvider, entityRouteRef, NoSourceOfValuesError } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, MockBackend, renderInTestApp, sampleEntities } from '@callboard/test-utils';
import type { JsonObject } from '@callboard/types';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useQuery } from '@tanstack/react-query';
import { Route } from 'react-router-dom';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { circleCIApiRef, type CircleCIApi } from './api/CircleCIApi';
import { CircleCIError } from './api/CircleCIError';
import { BuildCell } from './components/BuildCell';
import { installation } from './installation';
import { latestBuilds, type LatestBuildValue } from './lib/latestBuilds';
import { logLines } from './lib/logText';
import { parseProjectSlug } from './lib/projectSlug';
import { hasEndpoint } from './lib/proxyPath';
import { CircleCIPage, EntityCircleCIContent, EntityLatestCircleCIBuildsCard } from './plugin';
import { circleCIRouteRef } from './routes';

const PROXY = '/api/proxy/circleci/api';
let circleCI: CircleCISimulator;
let token: string;

const catalogApi = createApiFactory({
  api: catalogApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new CatalogClient(deps),
});

/** The portal: its catalog, and a proxy that adds CircleCI's token. */
function startPortal(entities: Entity[] = sampleEntities()) {
  const backend = new MockBackend(entities);
  vi.stubGlobal('fetch', async (input: RequestInfo | URL, init?: RequestInit) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    if (!url.pathname.startsWith(`${PROXY}/`)) {
      return backend.fetch(input, init);
    }
    const target = `https://circleci.com/api${url.pathname.slice(PROXY.length)}${url.search}`;
    const body = request.method === 'GET' ? undefined : await request.text();
    return circleCI.handle(new Request(target, { method: request.method, body, headers: { 'circle-token': token } }));
  });
}

function annotated(slug: string | undefined): Entity {
  const annotations = slug === undefined ? undefined : { 'circleci.com/project-slug': slug };
  return { apiVersion: 'v1', kind: 'Component', metadata: { name: 'checkout', namespace: 'default', annotations }, spec: { type: 'service' } };
}

function renderTab(slug: string | undefined, search = '') {
  startPortal();
  return renderInTestApp(
    <>
      <EntityProvider entity={annotated(slug)}>
        <EntityCircleCIContent />
      </EntityProvider>
      <FlatRoutes>
        <Route path="/circleci" element={<CircleCIPage />} />
        <Route path="/tab" element={<p>tab</p>} />
      </FlatRoutes>
    </>,
    { path: `/tab${search}` },
  );
}

/** The cell with what its column reads for it. */
function LoadedCell({ entity }: { entity: Entity }) {
  const circleci = useApi(circleCIApiRef);
  const { data } = useQuery({ queryKey: ['cell'], queryFn: async () => [...(await latestBuilds.load({ circleci }, [entity], {}))] });
  return data && <BuildCell value={data[0] as LatestBuildValue | undefined} />;
}

beforeEach(() => {
  circleCI = new CircleCISimulator({ now: Date.now() });
  token = circleCI.token;
});

describe('the cell of an entity in a table', () => {
  const renderCell = (slug: string) => {
    startPortal();
    return renderInTestApp(<LoadedCell entity={annotated(slug)} />, { installed: [{ installation }], mountedRoutes: { '/circleci': circleCIRouteRef } });
  };

  it('says how the latest build went, and when', async () => {
    renderCell('gh/acme/checkout');
    expect(await screen.findByText(/^(Running|Success|Failed)$/)).toBeTruthy();
    expect(await screen.findByText(/ago|now/)).toBeTruthy();
  });

  it.each([
    ['no project slug', 'nonsense'],
    ['a project that CircleCI does not know', 'gh/acme/nowhere'],
  ])('says that there is none to be had with %s', async (_, slug) => {
    renderCell(slug);
    expect(await screen.findByText('Not available')).toBeTruthy();
  });

  it('is asked for no further where CircleCI does not take the token', async () => {
    const getPipelines = vi.fn<CircleCIApi['getPipelines']>().mockRejectedValue(new CircleCIError('no', 401, { method: 'GET', path: '' }, undefined));
    const entities = ['gh/acme/checkout', 'gh/acme/search'].map(annotated);
    await expect(latestBuilds.load({ circleci: { getPipelines } }, entities, {})).rejects.toThrow(NoSourceOfValuesError);
    expect(getPipelines).toHaveBeenCalledTimes(1);
  });
});

describe('the column of tables', () => {
  it.each<[string, JsonObject, boolean]>([
    ['the usual endpoint', { proxy: { endpoints: { '/circleci/api': {} } } }, true],
    ['one of its own', { proxy: { endpoints: { '/ci': {} } }, circleci: { proxyPath: '/ci' } }, true],
    ['another', { proxy: { endpoints: { '/ci': {} } } }, false],
    ['none', {}, false],
  ])('is shown by itself as the portal is connected, by %s', (_, data, expected) => {
    expect(hasEndpoint(ConfigReader.fromConfigs([{ context: 'test', data }]))).toBe(expected);
  });
});

describe('the tab of an entity', () => {
  it('lists pipelines with what they built, and axe objects to nothing', async () => {
    renderTab('github/acme/checkout');
    const list = await screen.findByRole('list', { name: 'Pipelines' });
    await waitFor(() => expect(within(list).getAllByRole('listitem')).toHaveLength(20));
    expect(within(list).getByText('Pipeline #45')).toBeTruthy();
    await waitFor(() => expect(within(list).getAllByRole('img', { name: 'Success' }).length).toBeGreaterThan(3));
    expect(within(list).getAllByRole('link')[0]?.getAttribute('href')).toMatch(/^https:\/\/github.com\/acme\/checkout\/commit\/[0-9a-f]{40}$/);
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('turns pages forwards and back', async () => {
    renderTab('gh/acme/checkout');
    await screen.findByText('Pipeline #45');
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('Pipeline #25')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText('Pipeline #1')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Next page' })).toHaveProperty('disabled', true);
    fireEvent.click(screen.getByRole('button', { name: 'Previous page' }));
    expect(await screen.findByText('Pipeline #25')).toBeTruthy();
  });

  it('shows one branch, and says when it has no builds', async () => {
    renderTab('gh/acme/checkout');
    await screen.findByText('Pipeline #45');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'delivery-dates' } });
    await waitFor(() => expect(screen.queryByText('main')).toBeNull());
    expect(circleCI.requests).toContain('GET /api/v2/project/gh/acme/checkout/pipeline?branch=delivery-dates');
    expect(currentPath()).toContain('branch=delivery-dates');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'nobody' } });
    expect(await screen.findByText('No builds yet')).toBeTruthy();
  });

  it('runs a failed workflow again after asking, from where it failed', async () => {
    renderTab('gh/acme/checkout');
    const failed = (await screen.findAllByRole('img', { name: 'Failed' }))[0]?.closest('li') as HTMLElement;
    fireEvent.click(within(failed).getByRole('button'));
    fireEvent.click(await within(failed).findByRole('button', { name: 'Run again' }));
    const dialog = await screen.findByRole('dialog', { name: 'Run build-and-deploy again?' });
    expect(within(dialog).getByRole('radio', { name: 'From the jobs that failed' })).toHaveProperty('checked', true);
    expect(await accessibilityViolations()).toEqual([]);
    expect(circleCI.requests.some(request => request.startsWith('POST'))).toBe(false);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Run again' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(circleCI.requests.filter(request => request.startsWith('POST'))).toEqual([expect.stringMatching(/\/rerun$/)]);
    await waitFor(() => expect(within(failed).getAllByRole('region', { name: 'build-and-deploy' })).toHaveLength(2));
  });

  it('shows the steps of a job, the failed one with its output', async () => {
    renderTab('gh/acme/checkout');
    const failed = (await screen.findAllByRole('img', { name: 'Failed' }))[0]?.closest('li') as HTMLElement;
    fireEvent.click(within(failed).getByRole('button'));
    fireEvent.click(await within(failed).findByRole('button', { name: /test/ }));
    const output = await screen.findByRole('region', { name: 'Output of Run' });
    expect(output.textContent).toContain('test payment::retries_once ... FAILED');
    expect(output.textContent).not.toContain('\u001b');
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: /Restore cache/ }));
    expect((await screen.findByRole('region', { name: 'Output of Restore cache' })).textContent).toContain('cargo-v3');
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(currentPath()).not.toContain('job='));
  });

  it('approves what waits for it', async () => {
    renderTab('gh/acme/checkout');
    const held = (await screen.findAllByRole('img', { name: 'Needs approval' }))[0]?.closest('li') as HTMLElement;
    fireEvent.click(within(held).getByRole('button'));
    fireEvent.click(await within(held).findByRole('button', { name: 'Approve' }));
    fireEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(circleCI.requests.some(request => request.includes('/approve/'))).toBe(true));
  });

  it('explains the annotation where there is none, or a wrong one', async () => {
    const { unmount } = renderTab(undefined);
    expect(await screen.findByText('This component names no CircleCI project')).toBeTruthy();
    unmount();
    renderTab('acme/checkout');
    expect(await screen.findByText('“acme/checkout” is no project slug')).toBeTruthy();
    expect(circleCI.requests).toEqual([]);
    expect(await accessibilityViolations()).toEqual([]);
  });
});

describe('the card of an entity', () => {
  const renderCard = (config: JsonObject) => {
    startPortal();
    renderInTestApp(
      <EntityProvider entity={annotated('gh/acme/checkout')}>
        <EntityLatestCircleCIBuildsCard />
      </EntityProvider>,
      { config, mountedRoutes: { '/circleci': circleCIRouteRef } },
    );
  };

  it('shows how the newest builds went, and leads to each', async () => {
    renderCard({ proxy: { endpoints: { '/circleci/api': {} } } });
    const card = await screen.findByRole('region', { name: 'Latest builds' });
    await waitFor(() => expect(within(card).getAllByRole('listitem')).toHaveLength(5));
    expect(await within(card).findByRole('img', { name: 'Running' })).toBeTruthy();
    expect(within(card).getByRole('link', { name: 'All builds' }).getAttribute('href')).toBe('/circleci/gh/acme/checkout');
    expect(within(within(card).getAllByRole('listitem')[0] as HTMLElement).getByRole('link').getAttribute('href')).toMatch(
      /^\/circleci\/gh\/acme\/checkout\?pipeline=[0-9a-f-]+$/,
    );
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('is not there, and asks nothing, where the portal is not connected', async () => {
    const handle = vi.spyOn(circleCI, 'handle');
    renderCard({});
    await new Promise(resolve => setTimeout(resolve, 100));
    expect(screen.queryByRole('region', { name: 'Latest builds' })).toBeNull();
    expect(handle).not.toHaveBeenCalled();
  });
});

describe('errors', () => {
  it('of the token name who can mend it', async () => {
    token = 'expired';
    renderTab('gh/acme/checkout');
    expect((await screen.findByRole('alert')).textContent).toContain('CircleCI rejected the portal’s token');
    // The endpoint that it came through is there.
    expect(screen.queryByText(/adds the endpoint/)).toBeNull();
    expect(screen.getByRole('region', { name: 'app-config.yaml' }).textContent).toContain('Circle-Token');
  });

  it('of an unknown project name the annotation', async () => {
    renderTab('gh/acme/nothing');
    expect((await screen.findByRole('alert')).textContent).toContain('Check the annotation circleci.com/project-slug');
  });

  it('of the rate limit say when to come back', async () => {
    circleCI.budget = 0;
    renderTab('gh/acme/checkout');
    expect((await screen.findByRole('alert')).textContent).toContain('Try again in 30 seconds.');
  });

  it('keep a refused action in its dialog', async () => {
    renderTab('gh/acme/checkout');
    const failed = (await screen.findAllByRole('img', { name: 'Failed' }))[0]?.closest('li') as HTMLElement;
    fireEvent.click(within(failed).getByRole('button'));
    fireEvent.click(await within(failed).findByRole('button', { name: 'Run again' }));
    circleCI.budget = 0;
    const dialog = await screen.findByRole('dialog');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Run again' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('slow down');
  });
});

describe('the page', () => {
  function renderPage(entities: Entity[], path = '/circleci') {
    startPortal(entities);
    renderInTestApp(
      <FlatRoutes>
        <Route path="/circleci" element={<CircleCIPage />} />
      </FlatRoutes>,
      { path, apis: [catalogApi], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
    );
  }

  it('lists the components with their latest build, and leads to their projects', async () => {
    renderPage([annotated('gh/acme/checkout'), ...sampleEntities()]);
    const table = await screen.findByRole('table', { name: 'Components with a CircleCI project' });
    expect(await within(table).findByText('Running')).toBeTruthy();
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(within(table).getByRole('link', { name: 'acme/checkout' }));
    expect(await screen.findByText('Pipeline #45')).toBeTruthy();
    expect(currentPath()).toBe('/circleci/gh/acme/checkout');
  });

  it('asks for one project where the portal may not be connected, and says how to connect it', async () => {
    token = 'expired';
    const handle = vi.spyOn(circleCI, 'handle');
    const named = (name: string, slug: string) => ({ ...annotated(slug), metadata: { ...annotated(slug).metadata, name } });
    renderPage([named('checkout', 'gh/acme/checkout'), named('search', 'gh/acme/search')]);
    expect((await screen.findByRole('region', { name: 'app-config.yaml' })).textContent).toContain('Circle-Token');
    expect(handle).toHaveBeenCalled();
    expect(handle.mock.calls.map(([request]) => request.url).filter(url => !url.includes('checkout'))).toEqual([]);
  });

  it('keeps its table, and does not ask on and on, where CircleCI has been asked too much', async () => {
    circleCI.budget = 0;
    const handle = vi.spyOn(circleCI, 'handle');
    renderPage([annotated('gh/acme/checkout')]);
    expect((await screen.findByRole('alert')).textContent).toContain('Try again in 30 seconds.');
    const table = await screen.findByRole('table', { name: 'Components with a CircleCI project' });
    expect(await within(table).findByText('Not available')).toBeTruthy();
    const asked = handle.mock.calls.length;
    await new Promise(resolve => setTimeout(resolve, 200));
    expect(handle.mock.calls.length).toBe(asked);
    expect(asked).toBeLessThan(5);
  });

  it('says how components get here while there are none', async () => {
    renderPage(sampleEntities());
    expect(await screen.findByText('No component names its CircleCI project yet')).toBeTruthy();
  });
});

it.each([
  ['gh/acme/shop', 'gh/acme/shop'],
  ['github/acme/shop', 'gh/acme/shop'],
  ['bitbucket/acme/shop.js', 'bb/acme/shop.js'],
  ['circleci/Abc123/Def456', 'circleci/Abc123/Def456'],
  ['acme/shop', undefined],
  ['gh/acme', undefined],
  ['gh/acme/shop/more', undefined],
  ['gh/../shop', undefined],
  ['gh/acme/sh?op', undefined],
  ['svn/acme/shop', undefined],
])('reads the slug %s', (text, slug) => {
  expect(parseProjectSlug(text)).toBe(slug);
});

it('reads logs as a terminal shows them', () => {
  expect(logLines('\u001b[32mok\u001b[0m\r\n10%\r50%\r100%\r\n\r\n')).toEqual(['ok', '100%']);
});
