import { CatalogClient } from '@callboard/catalog-client';
import { createApiFactory, discoveryApiRef, fetchApiRef } from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteRef } from '@callboard/plugin-catalog-react';
import { accessibilityViolations, currentPath, renderInstalledPages, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
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

function render(path: string, answer: () => Response) {
  const backend = startMockBackend();
  backend.override(/^GET \/api\/search\/query/, answer);
  renderInstalledPages({
    installed: [{ installation }],
    apis: [catalogApi],
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
    expect(searches(backend)).toEqual(['GET /api/search/query?term=shop&pageLimit=25']);
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('has the question in the address, and begins anew when it changes', async () => {
    const backend = render('/search?q=shop&kind=component&type=service&lifecycle=production&cursor=abc', found());
    await screen.findByRole('list', { name: 'Results' });
    expect(searches(backend)).toEqual([
      'GET /api/search/query?term=shop&filters[kind]=component&filters[type]=service&filters[lifecycle]=production&pageCursor=abc&pageLimit=25',
    ]);
    fireEvent.change(screen.getByRole('combobox', { name: 'Kind' }), { target: { value: 'api' } });
    expect(currentPath()).toBe('/search?q=shop&kind=api');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'sho' } });
    expect(currentPath()).toBe('/search?q=sho&kind=api');
    await waitFor(() => expect(searches(backend).at(-1)).toContain('term=sho&filters[kind]=api&pageLimit'));
  });

  it('turns pages by the cursors it is given', async () => {
    render('/search?q=shop', found({ nextPageCursor: 'next=' }));
    fireEvent.click(await screen.findByRole('button', { name: 'Next page' }));
    expect(currentPath()).toBe('/search?q=shop&cursor=next=');
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
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(currentPath()).toBe('/search?q=zzz');
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
    expect(currentPath()).toBe('/search?q=shop');
  });
});
