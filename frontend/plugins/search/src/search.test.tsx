import { CatalogClient } from '@callboard/catalog-client';
import { createApiFactory, discoveryApiRef, fetchApiRef } from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, renderInstalledPages, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import { installation } from './installation';

const catalogApi = createApiFactory({
  api: catalogApiRef,
  deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
  factory: deps => new CatalogClient(deps),
});

const shop = {
  type: 'software-catalog',
  rank: 1,
  document: {
    title: 'Shop',
    text: 'Sells <b>things</b>.',
    location: '/catalog/default/component/shop',
    kind: 'Component',
    type: 'service',
    lifecycle: 'production',
    owner: 'payments',
  },
  highlight: { preTag: '<x1>', postTag: '</x1>', fields: { title: '<x1>Shop</x1>', text: '<x1>Sells</x1> <b>things</b>.' } },
};
const guide = { type: 'techdocs', rank: 2, document: { title: 'Guide', text: '', location: '/docs/guide' } };

/** What each page of results asks to be counted. */
const COUNTED = '&facets[0]=kind&facets[1]=type&facets[2]=lifecycle';

function render(path: string, answer: () => Response, config: object = {}) {
  const backend = startMockBackend();
  backend.override(/^GET \/api\/search\/query/, answer);
  renderInstalledPages({
    installed: [{ installation }],
    apis: [catalogApi],
    config: config as never,
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    path,
  });
  return backend;
}

const found = (more: object = {}) => () => Response.json({ results: [shop, guide], numberOfResults: 60, ...more });
const searches = ({ requests }: { requests: string[] }) => requests.filter(line => line.includes('/api/search/query'));

describe('the search page', () => {
  it('shows what is found with what matches marked, and axe objects to nothing', async () => {
    const backend = render('/search?q=shop', found());
    const list = await screen.findByRole('list', { name: 'Results' });
    const link = within(list).getByRole('link', { name: 'Shop' });
    expect(link.getAttribute('href')).toBe('/catalog/default/component/shop');
    expect([...list.querySelectorAll('mark')].map(mark => mark.textContent)).toEqual(['Shop', 'Sells']);
    expect(list.textContent).toContain('<b>things</b>');
    expect(within(list).getByRole('link', { name: 'payments' }).getAttribute('href')).toBe('/catalog/default/group/payments');
    expect(within(list).getByRole('link', { name: 'Guide' }).getAttribute('href')).toBe('/docs/guide');
    expect(screen.getByText('1–2 of 60')).toBeTruthy();
    expect(screen.getByRole('status').textContent).toBe('60 results');
    expect(searches(backend)).toEqual([`GET /api/search/query?term=shop&pageLimit=25${COUNTED}`]);
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('has the question in the address, by Backstage’s names, and begins anew when it changes', async () => {
    const backend = render('/search?query=shop&filters[kind]=Component&filters[lifecycle][0]=production&pageCursor=abc&pageLimit=10', found());
    await screen.findByRole('list', { name: 'Results' });
    expect(searches(backend)).toEqual([
      `GET /api/search/query?term=shop&filters[kind][0]=component&filters[lifecycle][0]=production&pageCursor=abc&pageLimit=10${COUNTED}`,
    ]);
    fireEvent.click(await screen.findByRole('checkbox', { name: /^APIs/ }));
    expect(currentPath()).toBe('/search?query=shop&filters[kind][]=component&filters[kind][]=api&filters[lifecycle][]=production&pageLimit=10');
    await waitFor(() =>
      expect(searches(backend).at(-1)).toContain('term=shop&filters[kind][0]=component&filters[kind][1]=api&filters[lifecycle][0]=production&pageLimit=10'),
    );
    fireEvent.click(screen.getByRole('checkbox', { name: /^Components/ }));
    fireEvent.click(screen.getByRole('checkbox', { name: /^production/ }));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'sho' } });
    expect(currentPath()).toBe('/search?query=sho&filters[kind][]=api&pageLimit=10');
  });

  it('understands the short addresses that are written by hand', async () => {
    const backend = render('/search?q=shop&kind=component&type=service&lifecycle=production&cursor=abc', found());
    await screen.findByRole('list', { name: 'Results' });
    expect(searches(backend)).toEqual([
      `GET /api/search/query?term=shop&filters[kind][0]=component&filters[type][0]=service&filters[lifecycle][0]=production&pageCursor=abc&pageLimit=25${COUNTED}`,
    ]);
  });

  it('offers the types and lifecycles of the kinds that are chosen, and takes a type with its kind', async () => {
    const backend = render('/search?query=shop&kind=component&type=service', found());
    const types = within(await screen.findByRole('group', { name: 'Type' }));
    await types.findByRole('checkbox', { name: /^website/ });
    expect(types.getByRole('checkbox', { name: /^service/, checked: true })).toBeTruthy();
    expect(backend.requests.some(request => /entity-facets.*spec.lifecycle.*kind=component/.test(request) || /kind=component.*spec.lifecycle/.test(request))).toBe(true);
    fireEvent.click(screen.getByRole('checkbox', { name: /^APIs/ }));
    expect(currentPath()).toBe('/search?query=shop&filters[kind][]=component&filters[kind][]=api');
  });

  it('says how many results there are of each value, and of the catalog before there is a question', async () => {
    render('/search?query=shop&kind=component', found({ facets: { kind: [{ value: 'Component', count: 3 }, { value: 'API', count: 1 }], type: [{ value: 'service', count: 2 }] } }));
    const kinds = within(await screen.findByRole('group', { name: 'Kind' }));
    expect(await kinds.findByRole('checkbox', { name: /^Components ?3$/ })).toBeTruthy();
    expect(kinds.getByRole('checkbox', { name: /^APIs ?1$/ })).toBeTruthy();
    expect(kinds.getByRole('checkbox', { name: /^Groups ?0$/ })).toBeTruthy();
    const types = within(screen.getByRole('group', { name: 'Type' })).getAllByRole('checkbox');
    expect(types.length).toBeGreaterThan(1);
    expect(types[0], 'what there is most of comes first').toBe(screen.getByRole('checkbox', { name: /^service ?2$/ }));
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: '' } });
    expect(await kinds.findByRole('checkbox', { name: /^APIs ?3$/ })).toBeTruthy();
  });

  it('shows as chosen what is, also after what was pressed is taken back', async () => {
    render('/search?query=shop', found());
    const kinds = within(await screen.findByRole('group', { name: 'Kind' }));
    fireEvent.click(await kinds.findByRole('checkbox', { name: /^Components/ }));
    expect(kinds.getByRole('checkbox', { name: /^Components/ })).toHaveProperty('checked', true);
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(kinds.getByRole('checkbox', { name: /^Components/ })).toHaveProperty('checked', false);
  });

  it('does not take what is in the catalog for what was found while it searches', async () => {
    let answer = (_: Response) => {};
    const backend = render('/search?query=shop', () => new Promise<Response>(resolve => (answer = resolve)) as never);
    const kinds = within(await screen.findByRole('group', { name: 'Kind' }));
    expect(await kinds.findByRole('checkbox', { name: 'Components' })).toBeTruthy();
    await vi.waitFor(() => expect(searches(backend)).toHaveLength(1));
    answer(found({ facets: { kind: [{ value: 'Component', count: 7 }] } })());
    expect(await kinds.findByRole('checkbox', { name: /^Components ?7$/ })).toBeTruthy();
  });

  it('counts nothing where the server does not', async () => {
    render('/search?query=shop', found());
    const kinds = within(await screen.findByRole('group', { name: 'Kind' }));
    await screen.findByRole('list', { name: 'Results' });
    expect(await kinds.findByRole('checkbox', { name: 'Components' })).toBeTruthy();
  });

  it('begins with the page size and the type of configuration, where the address has no others', async () => {
    const config = { search: { query: { pageLimit: 50 }, defaultType: 'software-catalog' } };
    const backend = render('/search?query=shop', found(), config);
    await screen.findByRole('list', { name: 'Results' });
    expect(searches(backend)).toEqual([`GET /api/search/query?term=shop&types[0]=software-catalog&pageLimit=50${COUNTED}`]);
    fireEvent.change(screen.getByRole('combobox', { name: 'Per page' }), { target: { value: '25' } });
    expect(currentPath()).toBe('/search?query=shop&pageLimit=25');
  });

  it('asks for the types that the address has', async () => {
    const backend = render('/search?query=shop&types[]=techdocs', found(), { search: { defaultType: 'software-catalog' } });
    await screen.findByRole('list', { name: 'Results' });
    expect(searches(backend)).toEqual([`GET /api/search/query?term=shop&types[0]=techdocs&pageLimit=25${COUNTED}`]);
    fireEvent.change(screen.getByRole('combobox', { name: 'Per page' }), { target: { value: '50' } });
    expect(currentPath()).toBe('/search?query=shop&types[]=techdocs&pageLimit=50');
  });

  it('has as many on a page as one chooses, which is in the address', async () => {
    const backend = render('/search?query=shop&pageCursor=abc', found());
    fireEvent.change(await screen.findByRole('combobox', { name: 'Per page' }), { target: { value: '100' } });
    expect(currentPath()).toBe('/search?query=shop&pageLimit=100');
    await waitFor(() => expect(searches(backend).at(-1)).toContain('term=shop&pageLimit=100'));
  });

  it('turns pages by the cursors it is given', async () => {
    render('/search?q=shop', found({ nextPageCursor: 'next=' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Next page' }));
    expect(currentPath()).toBe('/search?query=shop&pageCursor=next=');
    await waitFor(() => expect(screen.getByRole('list', { name: 'Results' }).getAttribute('aria-busy')).toBe('false'));
    expect(screen.getByRole('button', { name: 'Previous page' })).toHaveProperty('disabled', true);
  });

  it('moves among the results by keys', async () => {
    render('/search?q=shop', found());
    await screen.findByRole('list', { name: 'Results' });
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(document.activeElement?.textContent).toBe('Shop');
    fireEvent.keyDown(document.body, { key: 'j' });
    expect(document.activeElement?.textContent).toBe('Guide');
    fireEvent.keyDown(document.body, { key: 'k' });
    expect(document.activeElement?.textContent).toBe('Shop');
    fireEvent.keyDown(document.body, { key: 'f' });
    expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  });

  it('asks nothing before there is a question', async () => {
    const backend = render('/search', found());
    expect(await screen.findByText('What are you looking for?')).toBeTruthy();
    expect(searches(backend)).toEqual([]);
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('says so when nothing is found, and offers to drop the filters', async () => {
    render('/search?q=zzz&kind=api', () => Response.json({ results: [], numberOfResults: 0 }));
    expect(await screen.findByText('Nothing found for “zzz”')).toBeTruthy();
    fireEvent.click(screen.getAllByRole('button', { name: 'Clear filters' })[1] as HTMLElement);
    expect(currentPath()).toBe('/search?query=zzz');
  });

  it('suggests what does find something where the question finds nothing', async () => {
    const backend = render('/search?query=zzz+shop&kind=api', () => Response.json({ results: [], numberOfResults: 0 }));
    const counts = (question: RegExp, numberOfResults: number) => backend.override(question, () => Response.json({ results: [], numberOfResults }));
    counts(/term=zzz.shop&pageLimit=0/, 4);
    counts(/term=shop&filters\[kind\]\[0\]=api&pageLimit=0/, 2);
    const list = await screen.findByRole('region', { name: 'What finds something' });
    await waitFor(() => expect([...list.querySelectorAll('li')].map(item => item.textContent)).toEqual(['“zzz shop” without filters 4 results', '“shop” 2 results']));
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(within(list).getByRole('button', { name: '“shop”' }));
    expect(currentPath()).toBe('/search?query=shop&filters[kind][]=api');
  });

  it('says what the server answered where it cannot search', async () => {
    const refusal = { error: { name: 'InputError', message: 'Invalid query string: term: too long' }, request: { method: 'GET', url: '/query' } };
    render('/search?query=shop', () => Response.json(refusal, { status: 400 }));
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('Invalid query string: term: too long');
    expect(alert.textContent).toMatch(/GET .*→ 400/);
  });

  it('says what kept it from searching', async () => {
    render('/search?q=shop', () => Response.json({ error: { name: 'NotAllowedError', message: 'no' } }, { status: 403 }));
    expect((await screen.findByRole('alert')).textContent).toContain('You are not allowed to see this');
  });

  it('leads back from a page that is no more', async () => {
    const refusal = { error: { name: 'InputError', message: 'Malformed cursor: not valid' } };
    render('/search?q=shop&cursor=old', () => Response.json(refusal, { status: 400 }));
    expect((await screen.findByRole('alert')).textContent).toContain('Malformed cursor');
    fireEvent.click(screen.getByRole('button', { name: 'First page' }));
    expect(currentPath()).toBe('/search?query=shop');
  });
});
