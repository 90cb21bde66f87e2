import { relationTargets, type Entity } from '@callboard/catalog-model';
import { accessibilityViolations, renderInTestApp, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { catalogApi } from '../fixtures/catalogApi.fixture';
import { entityRouteRef } from '../routes';
import { EntityProvider } from './EntityContext';
import { RelatedEntitiesCard } from './RelatedEntitiesCard';

const entities = sampleEntities();
const named = (name: string) => entities.find(({ metadata }) => metadata.name === name) as Entity;

function renderCard(entity: Entity, relation: string, emptyHint?: { text: string; example: string }) {
  renderInTestApp(
    <EntityProvider entity={entity}>
      <RelatedEntitiesCard title="Related" relation={relation} kind="component" columns={['owner', 'type']} emptyHint={emptyHint} />
    </EntityProvider>,
    { apis: [catalogApi], mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef } },
  );
}

describe('the entities at the far ends of a relation', () => {
  it('are a table with links, those of the kind alone', async () => {
    startMockBackend();
    renderCard(named('ledger-db'), 'dependencyOf');
    const table = await screen.findByRole('table', { name: 'Related' });
    expect(await within(table).findByRole('link', { name: 'Ledger service' })).toBeTruthy();
    expect(within(table).getAllByRole('columnheader').map(({ textContent }) => textContent)).toEqual(['Name', 'Owner', 'Type']);
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    expect(await within(table).findByRole('link', { name: 'Payments' })).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('come in pages', async () => {
    startMockBackend();
    const system = named('payment-processing');
    const count = relationTargets(system, 'hasPart').filter(ref => ref.startsWith('component:')).length;
    expect(count).toBeGreaterThan(10);
    renderCard(system, 'hasPart');
    expect(await screen.findByText(`1–10 of ${count}`)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Next page' }));
    expect(await screen.findByText(`11–${Math.min(20, count)} of ${count}`)).toBeTruthy();
    await waitFor(() => expect(screen.getAllByRole('row')).toHaveLength(Math.min(20, count) - 10 + 1));
  });

  it('say how many cannot be seen', async () => {
    startMockBackend(entities.filter(({ metadata }) => metadata.name !== 'ledger-service'));
    renderCard(named('ledger-db'), 'dependencyOf');
    expect(await screen.findByText('One is not in the catalog, or not yours to see.')).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('show nothing where there are none, or what belongs there', async () => {
    startMockBackend();
    renderCard(named('ledger-api'), 'hasPart');
    await waitFor(() => expect(document.body.textContent).toContain('/'));
    expect(screen.queryByRole('region', { name: 'Related' })).toBeNull();
    renderCard(named('ledger-api'), 'hasPart', { text: 'None yet.', example: 'spec:\n  system: this' });
    expect(await screen.findByText('None yet.')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'How it is written' }).textContent).toContain('system: this');
  });

  it('say so when they cannot be read, and try again', async () => {
    let broken = true;
    startMockBackend().override(/by-query/, () =>
      broken ? Response.json({ error: { name: 'Error', message: 'Away' } }, { status: 503 }) : undefined,
    );
    renderCard(named('ledger-db'), 'dependencyOf');
    expect((await screen.findByRole('alert')).textContent).toContain('They could not be read');
    broken = false;
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Ledger service' })).toBeTruthy();
  });
});
