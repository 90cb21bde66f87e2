import { accessibilityViolations, currentPath } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AdminSimulator } from './fixtures/AdminSimulator';
import { renderAdmin } from './fixtures/renderAdmin.fixture';

const JIRA = '/admin/proxy/endpoint?id=6f1c';
const CIRCLECI = `/admin/proxy/endpoint?id=${encodeURIComponent('/circleci/api')}`;
const rowOf = async (text: string) => (await screen.findByText(text)).closest('tr') as HTMLElement;
const type = (name: string, value: string) => fireEvent.change(screen.getByRole('textbox', { name }), { target: { value } });

describe('the list of endpoints', () => {
  it('shows what goes through each, and axe objects to nothing', async () => {
    renderAdmin('/admin/proxy');
    const row = await rowOf('/circleci/api');
    expect(await within(row).findByText('3,900')).toBeTruthy();
    expect(within(row).getByText('1.3%')).toBeTruthy();
    expect(within(row).getByText('79 ms')).toBeTruthy();
    expect(within(row).getByText('Configuration')).toBeTruthy();
    expect(within(await rowOf('/jira')).getByText('Target fails')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('is filtered by what is typed, in the address', async () => {
    renderAdmin('/admin/proxy');
    await rowOf('/jira');
    fireEvent.change(screen.getByRole('searchbox'), { target: { value: 'tickets' } });
    await waitFor(() => expect(screen.queryByText('/circleci/api')).toBeNull());
    expect(currentPath()).toBe('/admin/proxy?filter=tickets');
  });

  it('says what belongs there when there is none', async () => {
    const simulator = new AdminSimulator();
    simulator.endpoints = [];
    renderAdmin('/admin/proxy', { simulator });
    expect(await screen.findByText('There is no proxy endpoint yet')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Add endpoint' }).getAttribute('href')).toBe('/admin/proxy/edit');
  });

  it('says who may see it to those who may not', async () => {
    const simulator = new AdminSimulator();
    simulator.refusals.set('/proxy-admin', 403);
    renderAdmin('/admin/proxy', { simulator });
    expect(await screen.findByText('You are not allowed to see this')).toBeTruthy();
    expect(screen.getByText(/proxy\.administrators/)).toBeTruthy();
  });
});

describe('an endpoint', () => {
  it('of the configuration shows its usage and can only be tried and purged', async () => {
    const simulator = renderAdmin(CIRCLECI);
    for (const chart of ['Requests per minute', 'Time until the answer begins', 'Bytes', 'Answered from the cache']) {
      expect(await screen.findByRole('slider', { name: chart })).toBeTruthy();
    }
    expect(screen.getByText('52 (1.3%)')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'Proxy endpoints' }).getAttribute('aria-current')).toBe('page');
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Change' })).toBeNull();
    expect(await accessibilityViolations()).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Purge cache' }));
    await waitFor(() => expect(simulator.requests).toContain('POST /proxy-admin/v1/endpoints//circleci/api/purge'));
    fireEvent.click(screen.getByRole('button', { name: 'Show as table' }));
    expect(within(screen.getByRole('table', { name: 'Usage' })).getAllByRole('row')).toHaveLength(21);
    fireEvent.click(screen.getByRole('button', { name: '7 days' }));
    expect(currentPath()).toBe('/admin/proxy/endpoint?id=/circleci/api&range=week');
  });

  it('is tried by a request', async () => {
    const simulator = renderAdmin(JIRA);
    fireEvent.click(await screen.findByRole('button', { name: 'Test' }));
    const dialog = await screen.findByRole('dialog', { name: 'Test /jira' });
    fireEvent.change(within(dialog).getByRole('textbox', { name: 'Path below the target' }), { target: { value: '/myself' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Send a GET' }));
    expect(await within(dialog).findByText('Answered 200 after 42 ms')).toBeTruthy();
    expect(simulator.bodies.at(-1)).toMatchObject({ path: '/myself', endpoint: { id: '6f1c', route: '/jira' } });
  });

  it('is switched off and on again', async () => {
    const simulator = renderAdmin(JIRA);
    fireEvent.click(await screen.findByRole('button', { name: 'Switch off' }));
    expect(await screen.findByText('Off')).toBeTruthy();
    expect(simulator.bodies.at(-1)).toMatchObject({ id: '6f1c', disabled: true, revision: 4 });
    fireEvent.click(await screen.findByRole('button', { name: 'Switch on' }));
    await waitFor(() => expect(simulator.bodies.at(-1)).toMatchObject({ disabled: false, revision: 5 }));
  });

  it('is deleted after a question', async () => {
    renderAdmin(JIRA);
    fireEvent.click(await screen.findByRole('button', { name: 'Delete' }));
    fireEvent.click(within(await screen.findByRole('dialog', { name: 'Delete /jira?' })).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(currentPath()).toBe('/admin/proxy'));
    await rowOf('/circleci/api');
    expect(screen.queryByText('/jira')).toBeNull();
  });

  it('that is no more says so', async () => {
    renderAdmin('/admin/proxy/endpoint?id=gone');
    expect(await screen.findByText('There is no such endpoint')).toBeTruthy();
  });
});

describe('the form of an endpoint', () => {
  it('asks for what is missing before it sends anything, then adds it', async () => {
    const simulator = renderAdmin('/admin/proxy/edit');
    fireEvent.click(await screen.findByRole('button', { name: 'Add endpoint' }));
    expect(await screen.findByText('Enter a path such as /circleci/api.')).toBeTruthy();
    expect(screen.getByText(/^Enter a whole address/)).toBeTruthy();
    expect(simulator.bodies).toEqual([]);
    expect(await accessibilityViolations()).toEqual([]);

    type('Route', 'sonar/');
    type('Target', 'https://sonar.example/api');
    fireEvent.click(screen.getByRole('button', { name: 'Add a header' }));
    type('Name of header 1', 'Authorization');
    fireEvent.change(screen.getByLabelText('Value of header 1'), { target: { value: 'Bearer s3cret' } });
    fireEvent.click(screen.getByRole('checkbox', { name: 'GET' }));
    type('Waiting for an answer', '10');
    type('Requests at once', 'many');
    fireEvent.click(screen.getByRole('button', { name: 'Add endpoint' }));
    expect(await screen.findByText('Enter a whole number.')).toBeTruthy();
    type('Requests at once', '20');
    fireEvent.click(screen.getByRole('button', { name: 'Add endpoint' }));
    await waitFor(() => expect(currentPath()).toBe('/admin/proxy/endpoint?id=made'));
    expect(simulator.bodies.at(-1)).toEqual({
      route: '/sonar',
      target: 'https://sonar.example/api',
      description: '',
      credentials: 'require',
      cache: 'none',
      changeOrigin: true,
      secure: true,
      disabled: false,
      allowedMethods: ['GET'],
      allowedHeaders: [],
      headers: [{ name: 'Authorization', value: 'Bearer s3cret', secret: true }],
      pathRewrite: [],
      limits: { responseTimeout: '10s', maxConcurrency: 20 },
    });
  });

  it('keeps secrets that are not entered anew, and what it does not ask for', async () => {
    const simulator = renderAdmin('/admin/proxy/edit?id=6f1c');
    expect((await screen.findByLabelText('Value of header 1')).getAttribute('placeholder')).toBe('Unchanged');
    type('Description', 'Tickets');
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(currentPath()).toBe(JIRA));
    expect(simulator.bodies.at(-1)).toMatchObject({
      id: '6f1c',
      revision: 4,
      description: 'Tickets',
      headers: [{ name: 'authorization', value: '', secret: true }],
      limits: { connectTimeout: '5s', responseTimeout: '30s', idleTimeout: '60s', retries: 0 },
    });
  });

  it('says so when somebody was faster', async () => {
    const simulator = renderAdmin('/admin/proxy/edit?id=6f1c');
    await screen.findByRole('button', { name: 'Save' });
    simulator.endpoints = simulator.endpoints.map(endpoint => ({ ...endpoint, revision: 9 }));
    fireEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Somebody has changed it meanwhile');
  });

  it('does not open for an endpoint of the configuration', async () => {
    renderAdmin(`/admin/proxy/edit?id=${encodeURIComponent('/circleci/api')}`);
    expect(await screen.findByText(/under proxy\.endpoints/)).toBeTruthy();
  });
});
