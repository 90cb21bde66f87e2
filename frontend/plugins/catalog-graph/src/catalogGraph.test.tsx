import { CatalogClient, type CatalogApi } from '@callboard/catalog-client';
import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { analyticsApiRef, createApiFactory, discoveryApiRef, fetchApiRef, type AnalyticsEvent } from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, renderInstalledPages, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { installation } from './installation';
import { edgeLabels } from './lib/edgeLabels';
import { edgePath, isTwin } from './lib/edgeLines';
import { layoutGraph, NODE_HEIGHT, NODE_WIDTH } from './lib/layoutGraph';
import { loadGraph, MAX_NODES } from './lib/loadGraph';
import { presentGraph } from './lib/presentGraph';
import { firstView, wholeView } from './lib/view';

const catalogApi = createApiFactory({
  api: catalogApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new CatalogClient(deps),
});
const LEDGER = 'component:default/ledger-service';

function render(search = '') {
  const backend = startMockBackend();
  const events: AnalyticsEvent[] = [];
  renderInstalledPages({
    installed: [{ installation }],
    apis: [catalogApi, createApiFactory(analyticsApiRef, { captureEvent: event => events.push(event) })],
    path: `/catalog-graph${search}`,
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
  return Object.assign(backend, { events });
}

/** A hub with as many members as asked for. */
function hub(count: number): Pick<CatalogApi, 'getEntitiesByRefs'> & CatalogApi {
  const entity = (name: string, relations: Entity['relations']): Entity => ({ apiVersion: 'v1', kind: 'Component', metadata: { name }, relations });
  const members = Array.from({ length: count }, (_, index) => `component:default/m${index}`);
  const all = new Map<string, Entity>([
    ['component:default/hub', entity('hub', members.map(targetRef => ({ type: 'hasPart', targetRef })))],
    ...members.map((ref, index): [string, Entity] => [ref, entity(`m${index}`, [{ type: 'partOf', targetRef: 'component:default/hub' }])]),
  ]);
  return { getEntitiesByRefs: async ({ entityRefs }: { entityRefs: readonly string[] }) => ({ items: entityRefs.map(ref => all.get(ref)) }) } as never;
}

const whole = { kinds: [], pairs: [] };

describe('the page', () => {
  it('draws what is around an entity, and axe objects to nothing', async () => {
    render(`?rootEntityRefs[]=${LEDGER}`);
    const drawing = await screen.findByRole('group', { name: /^Graph around Ledger service/ });
    expect(within(drawing).getByRole('button', { name: 'ledger-api, API' })).toBeTruthy();
    expect(screen.getByText('9 entities, 8 relations')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('goes on from what is clicked, and opens what is shift-clicked', async () => {
    const { events } = render(`?rootEntityRefs[]=${LEDGER}`);
    fireEvent.click(await screen.findByRole('button', { name: 'ledger-api, API' }));
    expect(currentPath()).toBe('/catalog-graph?rootEntityRefs[]=api:default/ledger-api');
    fireEvent.click(await screen.findByRole('button', { name: 'Ledger service, Component' }), { shiftKey: true });
    expect(currentPath()).toBe('/catalog/default/component/ledger-service');
    expect(events.filter(({ action }) => action === 'click').map(({ subject, attributes }) => [subject, attributes])).toEqual([
      ['ledger-api', undefined],
      ['Ledger service', { to: '/catalog/default/component/ledger-service' }],
    ]);
  });

  it('says so when entities cannot be searched, and tries again', async () => {
    const backend = render();
    backend.override(/by-query/, () => Response.json({ error: { name: 'Error', message: 'the disk is full' } }, { status: 500 }));
    fireEvent.change(await screen.findByRole('searchbox', { name: 'Find an entity to start from' }), { target: { value: 'ledger' } });
    expect((await screen.findByRole('alert')).textContent).toContain('the disk is full');
    backend.override(/by-query/, () => Response.json({ items: [], totalItems: 0, pageInfo: {} }));
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('No entity is called that')).toBeTruthy();
  });

  it('offers what the person starred or looked at to begin with', async () => {
    localStorage.setItem('/starredEntities/entityRefs', JSON.stringify([LEDGER]));
    render();
    fireEvent.click(await screen.findByRole('button', { name: /Ledger service/ }));
    expect(currentPath()).toBe(`/catalog-graph?rootEntityRefs[]=${LEDGER}`);
    expect(await screen.findByText('9 entities, 8 relations')).toBeTruthy();
  });

  it('is narrowed by relations and kinds, and widened by depth', async () => {
    const backend = render(`?rootEntityRefs[]=${LEDGER}`);
    await screen.findByText('9 entities, 8 relations');
    fireEvent.click(screen.getByRole('button', { name: 'provides' }));
    expect(await screen.findByText('2 entities, 1 relations')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'provides' }));
    fireEvent.change(screen.getByRole('combobox', { name: 'Depth' }), { target: { value: '2' } });
    await waitFor(() => expect(currentPath()).toContain('maxDepth=2'));
    await waitFor(() => expect(backend.requests.filter(request => request.endsWith('/by-refs')).length).toBeGreaterThan(3));
  });

  it('is drawn as its switches say, which are in the address by the names that Backstage has for them', async () => {
    render(`?rootEntityRefs[]=${LEDGER}`);
    await screen.findByText('9 entities, 8 relations');
    fireEvent.click(screen.getByRole('switch', { name: 'Simplified' }));
    fireEvent.click(screen.getByRole('switch', { name: 'Merged relations' }));
    fireEvent.change(screen.getByRole('combobox', { name: 'Lines' }), { target: { value: 'curveStepBefore' } });
    fireEvent.click(screen.getByRole('switch', { name: 'Filters' }));
    expect(await screen.findByText('9 entities, 16 relations')).toBeTruthy();
    expect(currentPath()).toBe(
      `/catalog-graph?rootEntityRefs[]=${LEDGER}&curve=curveStepBefore&unidirectional=false&mergeRelations=false&showFilters=false`,
    );
    expect(screen.queryByRole('group', { name: 'Filters' })).toBeNull();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('fills the screen and leaves it, where the browser can', async () => {
    const request = vi.fn(async () => undefined);
    // jsdom has no screen to fill.
    Object.defineProperty(document, 'fullscreenEnabled', { value: true, configurable: true });
    Element.prototype.requestFullscreen = request;
    render(`?rootEntityRefs[]=${LEDGER}`);
    fireEvent.click(await screen.findByRole('button', { name: 'Full screen' }));
    expect(request).toHaveBeenCalledTimes(1);
    Reflect.deleteProperty(document, 'fullscreenEnabled');
  });

  it('moves and zooms by keys', async () => {
    render(`?rootEntityRefs[]=${LEDGER}`);
    const drawing = await screen.findByRole('group', { name: /^Graph around/ });
    const transform = () => drawing.querySelector('g')?.getAttribute('transform');
    const before = transform();
    fireEvent.keyDown(drawing, { key: 'ArrowLeft' });
    const after = transform();
    expect(after).not.toBe(before);
    fireEvent.keyDown(drawing, { key: '-' });
    expect(transform()).not.toBe(after);
    fireEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(transform()).toBe(before);
  });

  it('is also a table', async () => {
    render(`?rootEntityRefs[]=${LEDGER}&view=table`);
    expect(within(await screen.findByRole('table')).getAllByRole('row')).toHaveLength(9);
  });

  it('begins with a search', async () => {
    render();
    expect(await screen.findByText('Where to begin')).toBeTruthy();
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'ledger-api' } });
    fireEvent.click(within(await screen.findByRole('list', { name: 'Entities found' })).getByRole('button', { name: /ledger-api/ }));
    expect(currentPath()).toBe('/catalog-graph?rootEntityRefs[]=api:default/ledger-api');
  });

  it('says when the catalog cannot be read', async () => {
    const backend = startMockBackend();
    backend.override(/by-refs/, () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }));
    renderInstalledPages({
      installed: [{ installation }],
      apis: [catalogApi],
      path: `/catalog-graph?rootEntityRefs[]=${LEDGER}`,
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    });
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
  });
});

describe('a graph', () => {
  it('of a hub stops at the limit and says so', async () => {
    const graph = await loadGraph(hub(5000), { roots: ['component:default/hub'], depth: 3, ...whole });
    expect(graph.nodes).toHaveLength(MAX_NODES);
    expect(graph.cut).toBe(true);
  });

  it('merges both directions of a relation into one edge', async () => {
    const graph = await loadGraph(hub(3), { roots: ['component:default/hub'], depth: 2, ...whole });
    expect(graph.edges).toHaveLength(3);
    expect(graph.edges[0]).toEqual({ from: 'component:default/hub', to: 'component:default/m0', pairs: ['hasPart'] });
  });

  it.each([
    [{ unidirectional: true, mergeRelations: true }, ['m0>hub partOf/hasPart']],
    [{ unidirectional: true, mergeRelations: false }, ['m0>hub partOf/-']],
    [{ unidirectional: false, mergeRelations: true }, ['hub>m0 hasPart/partOf']],
    [{ unidirectional: false, mergeRelations: false }, ['hub>m0 hasPart/-', 'm0>hub partOf/-']],
  ])('is read from the root on when it is simplified, and in one line when it is merged: %o', async (style, expected) => {
    const graph = presentGraph(await loadGraph(hub(1), { roots: ['component:default/m0'], depth: 1, ...whole }), style);
    const name = (ref: string) => ref.replace(/.*[/]/, '');
    expect(graph.edges.map(({ from, to, relations: [one] }) => `${name(from)}>${name(to)} ${one?.type}/${one?.back ?? '-'}`)).toEqual(expected);
    expect(graph.nodes.map(({ level }) => level)).toEqual(style.unidirectional ? [0, 1] : [0, -1]);
  });

  it('has lines that end where their relation leads, bent or in right angles, and beside each other where there are two', async () => {
    const loaded = await loadGraph(hub(1), { roots: ['component:default/hub'], depth: 1, ...whole });
    const graph = presentGraph(loaded, { unidirectional: false, mergeRelations: false });
    const layout = layoutGraph(graph, 'LR');
    const [there, back] = graph.edges.map(edge => edgePath(layout, edge, { direction: 'LR', curve: 'curveStepBefore', isTwin: isTwin(graph.edges)(edge) }));
    const end = layout.places.get('component:default/m0')?.x;
    expect(there).toBe(`M ${NODE_WIDTH} 12 L ${NODE_WIDTH + 16} 12 L ${NODE_WIDTH + 16} 12 L ${end} 12`);
    expect(back).toBe(`M ${end} 20 L ${NODE_WIDTH + 16} 20 L ${NODE_WIDTH + 16} 20 L ${NODE_WIDTH} 20`);
    const edge = graph.edges[0] ?? { from: '', to: '' };
    expect(edgePath(layout, edge, { direction: 'LR', curve: 'curveMonotoneX', isTwin: false })).toMatch(new RegExp(`^M ${NODE_WIDTH} 16 C .* ${end} 16$`));
  });

  it.each(['LR', 'RL', 'TB', 'BT'] as const)('laid out %s never lays a box on another', async direction => {
    const graph = await loadGraph(hub(150), { roots: ['component:default/m3'], depth: 2, ...whole });
    const places = [...layoutGraph(graph, direction).places.values()];
    expect(places).toHaveLength(151);
    for (const [index, a] of places.entries()) {
      for (const b of places.slice(index + 1)) {
        expect(Math.abs(a.x - b.x) >= NODE_WIDTH || Math.abs(a.y - b.y) >= NODE_HEIGHT).toBe(true);
      }
    }
  });

  it('has what leads to the root on one side, and what it leads to on the other', async () => {
    const entities = new Map(sampleEntities().map(entity => [stringifyEntityRef(entity), entity]));
    const api = { getEntitiesByRefs: async ({ entityRefs }: { entityRefs: readonly string[] }) => ({ items: entityRefs.map(ref => entities.get(ref)) }) } as never;
    const { places } = layoutGraph(await loadGraph(api, { roots: [LEDGER], depth: 1, ...whole }), 'LR');
    expect(places.get('group:default/payments')?.x).toBeLessThan(0);
    expect(places.get('api:default/ledger-api')?.x).toBeGreaterThan(0);
  });

  it('names relations beside the node that is farther away, one for each, where there is room', async () => {
    const merged = { unidirectional: false, mergeRelations: true };
    const graph = presentGraph(await loadGraph(hub(3), { roots: ['component:default/hub'], depth: 2, ...whole }), merged);
    const layout = layoutGraph(graph, 'LR');
    const labels = edgeLabels(graph, layout, 'LR');
    expect(labels.map(({ ref, outward, inward, anchor }) => [ref, outward, inward, anchor])).toEqual(
      [0, 1, 2].map(index => [`component:default/m${index}`, ['hasPart'], ['partOf'], 'end']),
    );
    for (const { ref, x } of labels) {
      expect(x).toBeLessThan(layout.places.get(ref)?.x ?? 0);
    }
    expect(edgeLabels(graph, layout, 'TB')).toEqual([]);
    const wide = presentGraph(await loadGraph(hub(500), { roots: ['component:default/hub'], depth: 2, ...whole }), merged);
    expect(edgeLabels(wide, layoutGraph(wide, 'LR'), 'LR')).toEqual([]);
  });
});

describe('the first view', () => {
  const placed = (members: number, direction: 'LR' | 'TB') => {
    const refs = Array.from({ length: members }, (_, index) => `m${index}`);
    const nodes = [{ ref: 'root', level: 0 }, ...refs.map(ref => ({ ref, level: 1 }))];
    return layoutGraph({ nodes, edges: refs.map(to => ({ from: 'root', to })) }, direction);
  };
  const phone = { width: 340, height: 560 };
  const desk = { width: 1100, height: 560 };

  it.each(['LR', 'TB'] as const)('on a phone is one that can be read, with the root in it: %s', direction => {
    const layout = placed(30, direction);
    expect(wholeView(layout, phone).scale * 13).toBeLessThan(9);
    const { x, y, scale } = firstView(layout, phone, 'root');
    expect(scale * 13).toBeCloseTo(9);
    const root = layout.places.get('root') ?? { x: NaN, y: NaN };
    const [left, top] = [root.x * scale + x, root.y * scale + y];
    expect(left).toBeGreaterThanOrEqual(0);
    expect(left + NODE_WIDTH * scale).toBeLessThanOrEqual(phone.width);
    expect(top).toBeGreaterThanOrEqual(0);
    expect(top + NODE_HEIGHT * scale).toBeLessThanOrEqual(phone.height);
  });

  it('leaves no room empty on one side while something is out of view on the other', () => {
    const layout = placed(30, 'TB');
    const { x, scale } = firstView(layout, phone, 'm0');
    expect(layout.left * scale + x).toBeCloseTo(8);
  });

  it('is of all that there is where that can be read, and where there is more room', () => {
    expect(firstView(placed(3, 'TB'), { width: 560, height: 560 }, 'root')).toEqual(wholeView(placed(3, 'TB'), { width: 560, height: 560 }));
    expect(firstView(placed(30, 'LR'), desk, 'root')).toEqual(wholeView(placed(30, 'LR'), desk));
  });
});
