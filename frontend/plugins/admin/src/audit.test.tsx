import { accessibilityViolations, currentPath } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { AuditEvent } from './api/types';
import { AdminSimulator } from './fixtures/AdminSimulator';
import { renderAdmin } from './fixtures/renderAdmin.fixture';

const rows = async () => within(await screen.findByRole('table', { name: 'Changes' })).findAllByRole('row');

describe('the audit log', () => {
  it('shows who changed what and how it ended, with all that is recorded behind it', async () => {
    const simulator = new AdminSimulator();
    simulator.events = simulator.events.slice(0, 5);
    renderAdmin('/admin/audit', { simulator });
    await screen.findAllByText('catalog.location.create');
    const first = (await rows())[1] as HTMLElement;
    expect(within(first).getByText('Succeeded')).toBeTruthy();
    expect(await within(first).findByText('Not in the catalog')).toBeTruthy();
    fireEvent.click(within(first).getByRole('button', { name: 'Show details' }));
    expect(screen.getByText('request-0')).toBeTruthy();
    expect(screen.getByText('POST /api/catalog/locations')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('is turned page by page, by the address', async () => {
    const simulator = renderAdmin('/admin/audit');
    fireEvent.click(await screen.findByRole('button', { name: 'Next page' }));
    expect(currentPath()).toBe('/admin/audit?after=50');
    expect(await screen.findByText('10 changes')).toBeTruthy();
    expect(simulator.requests).toContain('GET /audit/v1/events?notAction=user-settings.*&cursor=50&limit=50');
    fireEvent.click(screen.getByRole('button', { name: 'Previous page' }));
    expect(await screen.findByText('50 changes')).toBeTruthy();
  });

  it('is filtered by actor, action and time, and shown whole again', async () => {
    const simulator = renderAdmin('/admin/audit?after=50');
    await screen.findByText('10 changes');
    const actor = screen.getByRole('textbox', { name: 'By whom' });
    fireEvent.change(actor, { target: { value: 'service:deployment' } });
    fireEvent.blur(actor);
    expect(currentPath()).toBe('/admin/audit?actor=service:deployment');
    expect(await screen.findByText('40 changes')).toBeTruthy();
    fireEvent.click((await screen.findAllByRole('button', { name: 'proxy-admin.put' }))[0] as HTMLElement);
    expect(currentPath()).toBe('/admin/audit?actor=service:deployment&action=proxy-admin.put');
    fireEvent.change(screen.getByRole('combobox', { name: 'When' }), { target: { value: 'day' } });
    await waitFor(() => expect(simulator.requests.at(-1)).toMatch(/action=proxy-admin\.put&notAction=user-settings\.\*&since=\d{4}-\d\d-\d\dT\d\d:\d\d:00\.000Z&limit=50$/));
    fireEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(currentPath()).toBe('/admin/audit');
  });

  it('leaves out what people set for themselves, until asked for it', async () => {
    const simulator = new AdminSimulator();
    const [first, ...others] = simulator.events.slice(0, 9);
    simulator.events = [{ ...(first as AuditEvent), action: 'user-settings.setting.put' }, ...others];
    renderAdmin('/admin/audit', { simulator });
    expect(await screen.findByText('8 changes')).toBeTruthy();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Show personal settings' }));
    expect(currentPath()).toBe('/admin/audit?personal=true');
    expect(await screen.findByText('9 changes')).toBeTruthy();
    // It is no filter: everything is shown.
    expect(screen.queryByRole('button', { name: 'Clear filters' })).toBeNull();
    fireEvent.click(screen.getByRole('checkbox', { name: 'Show personal settings' }));
    expect(currentPath()).toBe('/admin/audit');
  });

  it.each(['user-settings.setting.put', 'user-'])('shows what people set for themselves to who asks for %s', async action => {
    const simulator = new AdminSimulator();
    simulator.events = [{ ...(simulator.events[0] as AuditEvent), action: 'user-settings.setting.put' }];
    renderAdmin(`/admin/audit?action=${action}`, { simulator });
    expect(await screen.findByText('1 change')).toBeTruthy();
  });

  it('says when no change fits', async () => {
    renderAdmin('/admin/audit?action=nothing');
    expect(await screen.findByText('No change fits')).toBeTruthy();
  });

  it('says who may read it to those who may not', async () => {
    const simulator = new AdminSimulator();
    simulator.refusals.set('/audit', 403);
    renderAdmin('/admin/audit', { simulator });
    expect(await screen.findByText('You are not allowed to see this')).toBeTruthy();
    expect(screen.getByText(/audit\.event\.read/)).toBeTruthy();
  });
});
