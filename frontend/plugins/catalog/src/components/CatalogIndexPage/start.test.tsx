import type { Entity } from '@callboard/catalog-model';
import { currentPath, renderInstalledPages, sampleEntities, startMockBackend } from '@callboard/test-utils';
import type { JsonObject } from '@callboard/types';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { installation } from '../../installation';

/** The page as it is installed, with what configuration says of it. */
function renderPage(search = '', config?: JsonObject) {
  return renderInstalledPages({
    installed: [{ installation }],
    ...(config && { config: { app: { extensions: [{ 'page:catalog': { config } }] } } }),
    path: `/catalog${search}`,
  });
}

const nobodysEntities = () => sampleEntities().map((entity): Entity => ({ ...entity, relations: [], spec: { ...entity.spec, owner: 'others' } }));
const pressed = (name: RegExp) => screen.findByRole('button', { name, pressed: true });
const total = async (count: number) =>
  waitFor(() => expect(screen.getByRole('heading', { level: 1 }).textContent).toMatch(new RegExp(`\\D${count}$`)));

/** The pages of the table that were asked for: whose, and of which kind. */
const pages = ({ requests }: { requests: string[] }) =>
  requests
    .filter(request => /by-query.*orderField/.test(request))
    .map(request => `${/ownedBy/.test(request) ? 'owned' : 'all'} ${/filter=kind=(\w+)/.exec(request)?.[1]}`);

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
});

describe('the catalog begins', () => {
  it('with what one owns', async () => {
    startMockBackend();
    renderPage();
    await pressed(/^Owned 8/);
    await total(8);
    fireEvent.click(screen.getByRole('button', { name: /^All(?! kinds)/ }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?list=all'));
    await total(40);
  });

  it('with everything for who owns nothing, asked for at once and only once', async () => {
    const backend = startMockBackend(nobodysEntities());
    const lists: (string | null | undefined)[] = [];
    const observer = new MutationObserver(() => {
      const list = document.querySelector('[role=group][aria-label="Which entities"] [aria-pressed=true]')?.textContent;
      if (list && list !== lists.at(-1)) {
        lists.push(list);
      }
    });
    observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    renderPage();
    await pressed(/^All 40/);
    await total(40);
    observer.disconnect();
    expect(pages(backend).toSorted()).toEqual(['all component', 'owned component']);
    expect(lists.filter(list => list?.startsWith('Owned'))).toEqual([]);
    expect(currentPath()).toBe('/catalog');
  });

  it.each([
    ['?kind=component', 'all component'],
    ['?filters[kind]=component&filters[user]=all', 'all component'],
    ['?list=owned', 'owned component'],
  ])('with what its address says: %s', async (search, expected) => {
    const backend = startMockBackend();
    renderPage(search);
    await pressed(new RegExp(`^${expected.split(' ')[0]}`, 'i'));
    await waitFor(() => expect(pages(backend)).toEqual([expected]));
  });

  it('stays with nothing where the address asks for what one owns', async () => {
    startMockBackend(nobodysEntities());
    renderPage('?list=owned');
    expect(await screen.findByText(/own/i, { selector: 'h2' })).toBeTruthy();
    await pressed(/^Owned/);
  });

  it('with what is configured', async () => {
    const backend = startMockBackend();
    renderPage('', { initiallySelectedFilter: 'all', initialKind: 'API', initiallySelectedNamespaces: ['default'] });
    await screen.findByRole('button', { name: 'Remove filter Namespace default' });
    expect(pages(backend)).toEqual(['all api']);
    fireEvent.click(screen.getByRole('button', { name: 'Remove filter Namespace default' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog?list=all'));
  });

  it('with everything for who owns nothing, once that could be found out', async () => {
    const backend = startMockBackend(nobodysEntities());
    let broken = true;
    const failure = { error: { name: 'Error', message: 'the disk is full' } };
    backend.override(/by-query.*ownedBy.*orderField/, () => (broken ? Response.json(failure, { status: 500 }) : undefined));
    renderPage();
    await screen.findByRole('alert');
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await pressed(/^All 40/);
    await total(40);
  });

  it('with what went wrong, where it cannot be known what one owns; everything is a click away', async () => {
    const backend = startMockBackend();
    backend.override(/by-query.*ownedBy.*orderField/, () => Response.json({ error: { name: 'Error', message: 'the disk is full' } }, { status: 500 }));
    renderPage();
    expect((await screen.findByRole('alert')).textContent).toContain('the disk is full');
    fireEvent.click(screen.getByRole('button', { name: /^All(?! kinds)/ }));
    await total(40);
  });
});
