import type { EntityChange } from '@callboard/catalog-client';
import { accessibilityViolations, renderInstalledPages, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { installation } from '../../installation';

const REF = 'component:default/ledger-service';

function change(revision: number, ...names: string[]): EntityChange {
  return {
    revision,
    time: '2026-01-31T12:00:00Z',
    location: `url:https://acme.example/${revision}.yaml`,
    fields: names.map(name => ({ path: ['spec', name], before: 'old', after: `new-${revision}` })),
    moreFields: 0,
  };
}

async function history(changes: EntityChange[]): Promise<HTMLElement> {
  startMockBackend().changes.set(REF, changes);
  renderInstalledPages({ installed: [{ installation }], path: '/catalog/default/component/ledger-service' });
  return screen.findByRole('region', { name: 'History' });
}

describe('the history of an entity', () => {
  it('tells what changed, and when', async () => {
    const card = await history([change(7, 'lifecycle')]);
    expect(await within(card).findByText('Lifecycle')).toBeTruthy();
    expect(card.textContent).toContain('Lifecycle old → new-7');
    expect(card.querySelector('time')?.dateTime).toBe('2026-01-31T12:00:00.000Z');
    expect(within(card).queryByRole('button', { name: 'Show all' })).toBeNull();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('says that nothing has changed', async () => {
    const card = await history([]);
    expect(await within(card).findByText('No changes since it was registered.')).toBeTruthy();
  });

  it('shows the newest, and all of them with where they come from on demand', async () => {
    const card = await history([change(9, 'a', 'b', 'c', 'd'), ...[8, 7, 6, 5, 4].map(revision => change(revision, 'lifecycle'))]);
    await waitFor(() => expect(card.querySelectorAll('time')).toHaveLength(5));
    expect(within(card).queryByText('spec.d')).toBeNull();
    expect(within(card).getByText('1 more')).toBeTruthy();
    fireEvent.click(within(card).getByRole('button', { name: 'Show all' }));
    const dialog = await screen.findByRole('dialog', { name: 'History of Ledger service' });
    await waitFor(() => expect(dialog.querySelectorAll('time')).toHaveLength(6));
    expect(within(dialog).getByText('spec.d')).toBeTruthy();
    expect(dialog.textContent).toContain('Read from https://acme.example/4.yaml');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });
});
