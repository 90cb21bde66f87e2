import { FlatRoutes } from '@callboard/core-app-api';
import { EntityLayout, type EntityLayoutProps } from '@callboard/plugin-catalog-react';
import { renderInTestApp, startMockBackend } from '@callboard/test-utils';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Star } from 'lucide-react';
import { Route } from 'react-router-dom';
import { describe, expect, it, vi } from 'vitest';
import { CatalogEntityPage, CatalogIndexPage } from '../../plugin';

function renderLayout(options: EntityLayoutProps) {
  startMockBackend();
  return renderInTestApp(
    <FlatRoutes>
      <Route path="/catalog" element={<CatalogIndexPage />} />
      <Route path="/catalog/:namespace/:kind/:name" element={<CatalogEntityPage />}>
        <EntityLayout {...options}>
          <EntityLayout.Route path="/" title="Summary" tabProps={{ 'data-testid': 'summary-tab' }}>
            <p>All of it</p>
          </EntityLayout.Route>
        </EntityLayout>
      </Route>
    </FlatRoutes>,
    { path: '/catalog/default/component/ledger-service' },
  );
}

async function openMenu() {
  await userEvent.click(await screen.findByRole('button', { name: 'More actions' }));
  return screen.findByRole('menu');
}

describe('a layout that an app makes of entity pages', () => {
  it('has the head of all entities, and tabs with attributes of their own', async () => {
    renderLayout({});
    expect(await screen.findByRole('heading', { level: 1, name: /Ledger service/ })).toBeTruthy();
    expect(screen.getByText('All of it')).toBeTruthy();
    expect(screen.getByTestId('summary-tab').textContent).toBe('Summary');
  });

  it('says what the entity belongs to, by the first relation that it has, two levels up', async () => {
    renderLayout({ parentEntityRelations: ['memberOf', 'partOf', 'ownedBy'] });
    await screen.findByRole('link', { name: 'Commerce' });
    const links = within(screen.getByRole('navigation', { name: 'Breadcrumb' })).getAllByRole('link');
    expect(links.map(link => link.textContent)).toEqual(['Catalog', 'Components', 'Commerce', 'Payment processing']);
    expect(links.at(-1)?.getAttribute('href')).toBe('/catalog/default/system/payment-processing');
  });

  it('has further entries in the menu', async () => {
    const onClick = vi.fn();
    renderLayout({ UNSTABLE_extraContextMenuItems: [{ title: 'Praise', Icon: Star, onClick }] });
    await userEvent.click(within(await openMenu()).getByRole('menuitem', { name: 'Praise' }));
    expect(onClick).toHaveBeenCalledOnce();
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it.each([
    [true, true],
    ['disable', true],
    [false, null],
    ['visible', null],
  ] as const)('lets one unregister as `disableUnregister: %s` says', async (disableUnregister, disabled) => {
    renderLayout({ UNSTABLE_contextMenuOptions: { disableUnregister } });
    const item = await within(await openMenu()).findByRole('menuitem', { name: 'Unregister' });
    expect(item.getAttribute('aria-disabled')).toBe(disabled && String(disabled));
  });

  it('can leave unregistering out', async () => {
    renderLayout({ UNSTABLE_contextMenuOptions: { disableUnregister: 'hidden' } });
    const menu = await openMenu();
    expect(within(menu).getByRole('menuitem', { name: 'Copy URL' })).toBeTruthy();
    expect(within(menu).queryByRole('menuitem', { name: 'Unregister' })).toBeNull();
  });
});
