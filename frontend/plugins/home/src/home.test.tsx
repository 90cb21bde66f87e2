import { CatalogClient } from '@callboard/catalog-client';
import {
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  defineInstallation,
  definePage,
  discoveryApiRef,
  fetchApiRef,
} from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, renderInstalledPages, renderInTestApp, startMockBackend } from '@callboard/test-utils';
import type { JsonValue } from '@callboard/types';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { installation } from './installation';
import { VisitListener } from './plugin';

const catalogIndex = createRouteRef({ id: 'index' });
const catalogPlugin = createPlugin({ id: 'catalog', routes: { catalogIndex, entity: entityRouteRef } });
const page = (name: string, mountPoint: typeof catalogIndex | typeof entityRouteRef) =>
  catalogPlugin.provide(createRoutableExtension({ name, mountPoint, component: async () => () => <p>{name}</p> }));
const IndexPage = page('IndexPage', catalogIndex);
const EntityPage = page('EntityPage', entityRouteRef);
const catalog = defineInstallation({
  plugin: catalogPlugin,
  extensions: [
    definePage({ path: '/catalog', title: 'Catalog', icon: 'catalog', element: <IndexPage /> }),
    definePage({ name: 'entity', path: '/catalog/:namespace/:kind/:name', element: <EntityPage /> }),
  ],
});
const options = {
  installed: [{ installation }, { installation: catalog }],
  apis: [
    createApiFactory({
      api: catalogApiRef,
      deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
      factory: deps => new CatalogClient(deps),
    }),
  ],
};

const render = (extensions: JsonValue = [], path = '/home') =>
  renderInstalledPages({ ...options, path, config: { app: { extensions } } });
const card = (name: string) => screen.findByRole('region', { name });
const visits = () => JSON.parse(localStorage.getItem('/visits/pages') ?? '[]') as { path: string; hits: number }[];

beforeEach(() => localStorage.clear());

describe('the home page', () => {
  it('shows what one owns, starred and visited, and axe objects to nothing', async () => {
    localStorage.setItem('/starredEntities/entityRefs', '["component:default/cart-web","component:default/gone"]');
    const seen = [
      { path: '/catalog/default/component/cart-web', hits: 2, at: 2000 },
      { path: '/catalog', hits: 7, at: 1000 },
      { path: '/no-longer-there', hits: 9, at: 3000 },
    ];
    localStorage.setItem('/visits/pages', JSON.stringify(seen));
    startMockBackend();
    render();
    expect(await screen.findByRole('heading', { name: /^Good (morning|afternoon|evening), Guest$/ })).toBeTruthy();
    const owned = await card('My components');
    await waitFor(() => expect(within(owned).getAllByRole('listitem')).toHaveLength(8));
    expect(within(owned).getByRole('link', { name: 'All that you own' }).getAttribute('href')).toBe(
      '/catalog?kind=component&list=owned',
    );
    const starred = await card('Starred');
    await within(starred).findByText('Not in the catalog');
    expect(within(starred).getAllByRole('listitem').map(row => row.textContent)).toEqual([
      expect.stringContaining('gone'),
      expect.stringContaining('cart-web'),
    ]);
    const textsOf = (region: HTMLElement) => within(region).getAllByRole('link').map(link => link.textContent);
    expect(textsOf(await card('Recently visited'))).toEqual(['cart-web', 'Catalog']);
    expect(textsOf(await card('Top visited'))).toEqual(['Catalog', 'cart-web']);
    expect(within(await card('Top visited')).getByText('7 visits')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('says what belongs into each card while there is nothing', async () => {
    startMockBackend([]);
    render();
    expect(await screen.findByText('You own no components yet')).toBeTruthy();
    expect(await screen.findByText('Nothing starred yet')).toBeTruthy();
    await waitFor(() => expect(screen.getAllByText('No visits yet')).toHaveLength(2));
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('has announcements, of which those that were put away can be taken out again', async () => {
    startMockBackend([]);
    const announcements = [
      { id: 'move', message: 'We move.', severity: 'warning', url: '/docs/move' },
      { id: 'past', message: 'We have moved.', until: '2020-01-01' },
      { id: 'new', message: 'There is a radar.' },
    ];
    const extensions = [{ 'home-card:home/announcements': { config: { shown: true } } }];
    renderInstalledPages({ ...options, path: '/home', config: { app: { extensions, announcements } } });
    const news = within(await card('Announcements'));
    const listed = () => news.getAllByRole('listitem').map(row => row.textContent);
    expect(listed()).toEqual(['We move. Read more', 'There is a radar. ']);
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(news.getByRole('button', { name: 'Put away “We move.”' }));
    await waitFor(() => expect(listed()).toEqual(['There is a radar. ', 'We move. Read more']));
    expect(localStorage.getItem('/notifications/dismissedBanners')).toBe('["announcement:move"]');
    fireEvent.click(news.getByRole('button', { name: 'Keep “We move.”' }));
    await waitFor(() => expect(localStorage.getItem('/notifications/dismissedBanners')).toBe('[]'));
  });

  it('keeps the other cards when one cannot be loaded', async () => {
    startMockBackend().override(/by-query/, () =>
      Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }),
    );
    render();
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
    expect(await card('Starred')).toBeTruthy();
  });

  it('is what configuration makes of it: the first page, with fewer cards in another order', async () => {
    startMockBackend();
    render(
      [{ 'page:home': { config: { path: '/' } } }, 'home-card:home/starred', { 'home-card:home/top-visited': false }],
      '/',
    );
    await card('Starred');
    await card('Recently visited');
    const titles = screen.getAllByRole('heading', { level: 2 }).map(heading => heading.textContent);
    expect(titles).toEqual(['Starred', 'My components', 'Recently visited']);
  });
});

describe('visits', () => {
  it.each([
    ['/catalog/Default/Component/cart-web/docs/a', '/catalog/default/component/cart-web'],
    ['/catalog', '/catalog'],
  ])('of %s are counted for its page', async (path, counted) => {
    startMockBackend();
    localStorage.setItem('/visits/pages', JSON.stringify([{ path: counted, hits: 1, at: 1 }]));
    renderInTestApp(() => <VisitListener />, { ...options, path });
    await waitFor(() => expect(visits()).toEqual([{ path: counted, hits: 2, at: expect.any(Number) }]), { timeout: 5000 });
  });
});

describe('arranging the page', () => {
  const titles = async () => (await screen.findAllByRole('region')).map(region => region.getAttribute('aria-label') ?? region.querySelector('h2')?.textContent);
  const arrange = async () => fireEvent.click(await screen.findByRole('button', { name: 'Arrange' }));
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  const items = () => [...screen.getByRole('list', { name: 'Cards' }).children] as HTMLElement[];

  it('moves, widens, removes and adds cards, keeps that for the person, and goes back', async () => {
    startMockBackend();
    const { unmount } = render();
    await arrange();
    press('Move Starred forward');
    expect(await screen.findByText('Starred is number 2 of 5.')).toBeTruthy();
    expect(items()[1]?.textContent).toMatch(/^Starred/);
    press('Remove Top visited');
    press('Make Starred wide');
    expect(await accessibilityViolations()).toEqual([]);
    press('Done');
    await waitFor(async () => expect(await titles()).toEqual(['Starred', 'My components', 'Recently visited']));
    unmount();

    render();
    await waitFor(async () => expect(await titles()).toEqual(['Starred', 'My components', 'Recently visited']));
    await arrange();
    press('Add Top visited');
    expect(items()).toHaveLength(5);
    press('Make Starred narrow');
    press('Restore defaults');
    press('Done');
    await waitFor(async () => expect(await titles()).toEqual(['My components', 'Starred', 'Recently visited', 'Top visited']));
  });

  it('takes a card to where it is dropped', async () => {
    startMockBackend();
    render();
    await arrange();
    const [, first, , third] = items();
    const dataTransfer = { setData: () => undefined, effectAllowed: '' };
    fireEvent.dragStart(first as HTMLElement, { dataTransfer });
    fireEvent.dragOver(third as HTMLElement, { dataTransfer });
    fireEvent.drop(third as HTMLElement, { dataTransfer });
    expect(await screen.findByText('My components is number 4 of 5.')).toBeTruthy();
  });

  it('says how to go on when everything is removed', async () => {
    localStorage.setItem('/home/layout', JSON.stringify({ order: [], hidden: ['search-bar', 'owned', 'starred', 'recently-visited', 'top-visited'].map(name => `home-card:home/${name}`), wide: [] }));
    startMockBackend();
    render();
    expect(await screen.findByText('You have removed all cards')).toBeTruthy();
  });
});

describe('the cards that one may add', () => {
  const arrange = async () => fireEvent.click(await screen.findByRole('button', { name: 'Arrange' }));
  const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));
  const CLOCKS = 'home-card:home/world-clocks';
  const dialog = () => screen.findByRole('dialog');

  it('are set up by each person, who is told what is wrong with it', async () => {
    startMockBackend();
    const { unmount } = render();
    await arrange();
    press('Add World clocks');
    press('Set up World clocks');
    const form = within(await dialog());
    fireEvent.change(form.getByRole('combobox', { name: 'Time zone of row 2' }), { target: { value: 'Atlantis' } });
    fireEvent.click(form.getByRole('button', { name: 'Save' }));
    expect(await form.findByText('Row 2 must be the name of a time zone, such as Europe/Berlin')).toBeTruthy();
    fireEvent.change(form.getByRole('combobox', { name: 'Time zone of row 2' }), { target: { value: 'Asia/Kolkata' } });
    fireEvent.change(form.getByRole('textbox', { name: 'Name of row 2' }), { target: { value: 'The Pune team' } });
    fireEvent.click(form.getByRole('button', { name: 'Remove row 1' }));
    fireEvent.click(form.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    press('Done');
    expect(within(await card('World clocks')).getAllByRole('listitem')[0]?.textContent).toContain('The Pune team');
    unmount();

    render();
    const clocks = await card('World clocks');
    expect(await within(clocks).findByText('The Pune team')).toBeTruthy();
    expect(within(clocks).getAllByRole('listitem')).toHaveLength(3);
    await arrange();
    press('Set up World clocks');
    fireEvent.click(within(await dialog()).getByRole('button', { name: 'As the portal has it' }));
    await waitFor(() => expect(screen.queryByText('The Pune team')).toBeNull());
    expect(JSON.parse(localStorage.getItem('/home/layout') ?? '{}').settings).toEqual({});
  });

  it('are as configuration has them where what a person kept is not understood', async () => {
    localStorage.setItem('/home/layout', JSON.stringify({ order: [], hidden: [], wide: [], settings: { [CLOCKS]: { clocks: 'many' } } }));
    startMockBackend();
    render([{ [CLOCKS]: { config: { shown: true, clocks: [{ name: 'Base', timeZone: 'UTC' }] } } }]);
    expect(await within(await card('World clocks')).findByText('Base')).toBeTruthy();
  });

  it('are all removed at once, and come back', async () => {
    startMockBackend();
    render([{ 'home-card:home/starred': { config: { fixed: true } } }]);
    await arrange();
    const cards = () => [...screen.getByRole('list', { name: 'Cards' }).children];
    expect(screen.queryByRole('button', { name: /(Remove|Move) Starred/ })).toBeNull();
    press('Clear all');
    expect(cards().map(one => one.textContent)).toEqual([expect.stringMatching(/^StarredFixed/)]);
    press('Undo');
    expect(cards()).toHaveLength(5);
    expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull();
  });

  it('bring the tools, the first steps and the logo that configuration names', async () => {
    startMockBackend();
    const tools = [{ title: 'Dashboards', url: 'https://dashboards.example.com', icon: 'chart' }];
    render([
      { 'home-card:home/company-logo': { config: { image: '/logo.svg', alt: 'Acme' } } },
      { 'home-card:home/toolkit': { config: { shown: true, tools } } },
      { 'home-card:home/quick-start': { config: { shown: true, heading: 'Hello', links: [{ title: 'Handbook', url: '/handbook' }] } } },
    ]);
    expect(within(await card('Tools')).getByRole('link', { name: /^Dashboards/ }).getAttribute('href')).toBe('https://dashboards.example.com');
    expect(within(await card('Quick start')).getByRole('link', { name: 'Handbook' }).getAttribute('href')).toBe('/handbook');
    expect((await screen.findByRole('img', { name: 'Acme' })).getAttribute('src')).toBe('/logo.svg');
    expect(await accessibilityViolations()).toEqual([]);
  });
});
