import { accessibilityViolations } from '@callboard/test-utils';
import { fireEvent, screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AdminSimulator } from './fixtures/AdminSimulator';
import { renderAdmin } from './fixtures/renderAdmin.fixture';

describe('the health of the units', () => {
  it('is shown replica by replica, and axe objects to nothing', async () => {
    renderAdmin('/admin');
    expect(await screen.findByText('1 of 2 units need attention')).toBeTruthy();
    const table = screen.getByRole('table', { name: 'Units and their replicas' });
    expect(within(table).getAllByRole('columnheader', { name: 'Address' })).toHaveLength(1);
    const catalog = within(table).getByRole('rowgroup', { name: 'catalog' });
    expect(within(catalog).getByText('Degraded')).toBeTruthy();
    expect(within(catalog).getByText('10.1.0.5:7101').closest('tr')?.textContent).toContain('connection refused');
    expect(within(within(table).getByRole('rowgroup', { name: 'proxy' })).getByText('0.9 ms')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('says where to look for the address of a unit without any', async () => {
    const simulator = new AdminSimulator();
    simulator.units = [{ name: 'lighthouse-audit', status: 'down', replicas: [] }];
    renderAdmin('/admin', { simulator });
    const unit = await screen.findByRole('rowgroup', { name: 'lighthouse-audit' });
    expect(within(unit).getByText(/Look at backend.services/)).toBeTruthy();
    expect(screen.queryByRole('columnheader', { name: 'What is wrong' })).toBeNull();
  });

  it('is said to be good when all is well', async () => {
    const simulator = new AdminSimulator();
    simulator.units = simulator.units.filter(({ status }) => status === 'ok');
    renderAdmin('/admin/health', { simulator });
    expect(await screen.findByText('Everything is well')).toBeTruthy();
  });

  it.each([
    [403, 'You are not allowed to see this'],
    [404, 'This portal does not tell that'],
    [500, 'The health of the units could not be loaded'],
  ])('is explained to be missing for %i', async (status, title) => {
    const simulator = new AdminSimulator();
    simulator.refusals.set('/admin/v1/units', status);
    renderAdmin('/admin', { simulator });
    expect(await screen.findByText(title)).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
    // The other tabs are there all the same.
    fireEvent.click(screen.getByRole('link', { name: 'Audit log' }));
    expect(await screen.findByRole('table', { name: 'Changes' })).toBeTruthy();
  });
});

describe('the configuration', () => {
  it('says which tabs there are, and which is first', async () => {
    renderAdmin('/admin', { config: { tabs: ['audit', 'health'] } });
    expect(await screen.findByRole('table', { name: 'Changes' })).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Proxy endpoints' })).toBeNull();
  });

  it('that names a tab twice leaves the page out', async () => {
    renderAdmin('/admin', { config: { tabs: ['audit', 'audit'] } });
    expect(await screen.findByText('There is nothing at this address')).toBeTruthy();
  });
});
