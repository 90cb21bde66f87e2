import type { Entity } from '@callboard/catalog-model';
import { accessibilityViolations, currentPath, renderInTestApp, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { EntityProvider } from './components/EntityContext';
import { catalogApi } from './fixtures/catalogApi.fixture';
import { Accounts, COST_ANNOTATION, costsContent, CostsPage } from './fixtures/costsPlugin.fixture';
import { entityRouteRef } from './routes';

const options = { apis: [catalogApi], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } };

function named(name: string, annotations?: Record<string, string>): Entity {
  const entity = sampleEntities().find(({ metadata }) => metadata.name === name) as Entity;
  return { ...entity, metadata: { ...entity.metadata, annotations } };
}

describe('a plugin written for Backstage, with our packages', () => {
  it('shows a card of an entity, with what it is related to', async () => {
    startMockBackend();
    renderInTestApp(<EntityProvider entity={named('ledger-service', { [COST_ANNOTATION]: '42' })}>{costsContent}</EntityProvider>, options);
    const card = await screen.findByRole('region', { name: 'Costs' });
    expect((await within(card).findByRole('link', { name: 'Payments' })).getAttribute('href')).toBe('/catalog/default/group/payments');
    expect(await within(card).findByText('Yours')).toBeTruthy();
    const resource = within(card).getByRole('link', { name: 'ledger-db' });
    fireEvent.pointerEnter(resource.parentElement as HTMLElement);
    await waitFor(() => expect(screen.getByRole('tooltip').textContent).toContain('ledger-db'));
    fireEvent.click(within(card).getByRole('button', { name: 'Add Ledger service to starred' }));
    expect(await within(card).findByRole('button', { name: 'Remove Ledger service from starred' })).toBeTruthy();
    expect(await accessibilityViolations(card)).toEqual([]);
  });

  it('decides by conditions, some of which ask the catalog', async () => {
    const backend = startMockBackend();
    backend.entities = backend.entities.filter(({ metadata }) => metadata.name !== 'ledger-db');
    renderInTestApp(<EntityProvider entity={named('ledger-service')}>{costsContent}</EntityProvider>, options);
    expect(await screen.findByText('Not all of it can be counted')).toBeTruthy();
    expect(document.body.textContent).toContain(COST_ANNOTATION);
    renderInTestApp(<EntityProvider entity={named('payment-processing')}>{costsContent}</EntityProvider>, options);
    expect(await screen.findByText('All that is in it')).toBeTruthy();
  });

  it('lists entities with filters that the address keeps', async () => {
    const { requests } = startMockBackend();
    renderInTestApp(<CostsPage />, { ...options, path: '/costs?filters[type]=service' });
    const types = await screen.findByRole('region', { name: 'Type' });
    expect(await within(types).findByRole('checkbox', { name: /service/, checked: true })).toBeTruthy();
    const services = sampleEntities().filter(({ kind, spec }) => kind === 'Component' && spec?.type === 'service').length;
    const table = await screen.findByRole('table', { name: `Costs (${services})` });
    expect(await within(table).findByRole('columnheader', { name: 'Resources' })).toBeTruthy();
    expect(types.textContent).toContain(`service${services}`);
    fireEvent.click(await within(await screen.findByRole('region', { name: 'Lifecycle' })).findByRole('checkbox', { name: /production/ }));
    await waitFor(() => expect(currentPath()).toBe('/costs?filters[kind]=component&filters[lifecycles]=production&filters[type]=service&filters[user]=all'));
    expect(requests.some(request => request.includes('filter=kind=component,spec.type=service,spec.lifecycle=production'))).toBe(true);
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'ledger' } });
    await waitFor(() => expect(requests.some(request => request.includes('fullTextFilterTerm=ledger'))).toBe(true));
    expect(await within(screen.getByRole('region', { name: 'Owner' })).findByRole('checkbox', { name: /^Payments/ })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('reads with the client alone', async () => {
    const backend = startMockBackend();
    backend.override(/GET \/api\/catalog\/entities\?/, () => Response.json([named('ledger-service', { [COST_ANNOTATION]: '42' })]));
    renderInTestApp(<Accounts />, options);
    await waitFor(() => expect(screen.getByTestId('accounts').textContent).toBe('42'));
    expect(backend.requests).toContain(
      `GET /api/catalog/entities?fields=metadata.annotations&filter=kind=Component,metadata.annotations.${COST_ANNOTATION}`,
    );
  });
});
