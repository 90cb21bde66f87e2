import type { Entity, Location } from '@callboard/catalog-model';
import { accessibilityViolations } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { AdminSimulator } from './fixtures/AdminSimulator';
import { renderAdmin } from './fixtures/renderAdmin.fixture';

const rowOf = async (text: string) => (await screen.findByText(text)).closest('tr') as HTMLElement;

describe('providers', () => {
  it('show how their last run went, and axe objects to nothing', async () => {
    renderAdmin('/admin/catalog');
    const failed = await rowOf('github:acme');
    expect(within(failed).getByText('Failed')).toBeTruthy();
    expect(within(failed).getByText('Every 30 minutes')).toBeTruthy();
    expect(within(failed).getByText('1,280')).toBeTruthy();
    fireEvent.click(within(failed).getByRole('button', { name: 'Show details' }));
    expect(screen.getByText('GitHub answered 401: Bad credentials')).toBeTruthy();
    expect(within(await rowOf('configuration')).getByText('When told to')).toBeTruthy();
    expect(within(await rowOf('ldap')).getByText('Not yet')).toBeTruthy();
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('that a portal does not tell of are explained, beside the locations', async () => {
    const simulator = new AdminSimulator();
    simulator.refusals.set('/admin/v1/providers', 404);
    renderAdmin('/admin/catalog', { simulator });
    expect(await screen.findByText('This portal does not tell that')).toBeTruthy();
    expect(await rowOf('https://git.example/shop/catalog-info.yaml')).toBeTruthy();
  });
});

/** What came from a location: an entity with an error where there is a message. */
function from(target: string, kind: string, name: string, message?: string): Entity {
  const status = message && { items: [{ type: 'backstage.io/catalog-processing', level: 'error' as const, message }] };
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, annotations: { 'backstage.io/managed-by-origin-location': `url:${target}` } },
    spec: { type: 'service', target },
    ...(status && { status }),
  } as Entity;
}

describe('locations', () => {
  it('say how they are, and what is wrong with what came from them', async () => {
    const simulator = new AdminSimulator();
    const [shop, broken, fresh, twin] = ['shop', 'broken', 'fresh', 'twin'].map(name => `https://git.example/${name}.yaml`) as [string, string, string, string];
    simulator.locations = [shop, broken, fresh, twin].map((target, index) => ({
      id: `l-${index}`,
      type: 'url',
      target,
      entityRef: `location:default/generated-${index}`,
    }));
    renderAdmin('/admin/catalog', {
      simulator,
      entities: [
        from(shop, 'Location', 'generated-0'),
        from(shop, 'Component', 'web'),
        from(shop, 'Component', 'api'),
        from(broken, 'Location', 'generated-1'),
        from(broken, 'Component', 'bad', 'owner is missing'),
        from(twin, 'Location', 'generated-3'),
      ],
    });
    const well = await rowOf(shop);
    expect(await within(well).findByText('Up to date')).toBeTruthy();
    expect(within(well).getByText('2')).toBeTruthy();
    expect(within(await rowOf(fresh)).getByText('Not read yet')).toBeTruthy();
    expect(within(await rowOf(twin)).getByText('No entities of its own')).toBeTruthy();
    const failed = await rowOf(broken);
    expect(within(failed).getByText('1 entity has an error')).toBeTruthy();
    fireEvent.click(within(failed).getByRole('button', { name: 'Show details' }));
    expect(await screen.findByText('owner is missing')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'bad' }).getAttribute('href')).toContain('/catalog/default/component/bad');
    expect(await accessibilityViolations()).toEqual([]);
  });

  it('are said to be unknown while the catalog does not answer, until another try', async () => {
    const simulator = new AdminSimulator();
    simulator.refusals.set('/catalog/entity-facets', 500);
    simulator.refusals.set('/catalog/entities/by-query', 500);
    const { target } = simulator.locations[0] as Location;
    renderAdmin('/admin/catalog', { simulator, entities: [from(target, 'Location', 'generated-1'), from(target, 'Component', 'bad', 'owner is missing')] });
    const states = (await screen.findByText('The state of the locations could not be loaded')).closest('[role="alert"]') as HTMLElement;
    const row = await rowOf(target);
    expect(within(row).getAllByText('Unknown')).toHaveLength(2);
    fireEvent.click(within(row).getByRole('button', { name: 'Show details' }));
    const errors = (await screen.findByText('What is wrong with its entities could not be loaded')).closest('[role="alert"]') as HTMLElement;
    expect(await accessibilityViolations()).toEqual([]);
    simulator.refusals.clear();
    fireEvent.click(within(states).getByRole('button', { name: 'Try again' }));
    fireEvent.click(within(errors).getByRole('button', { name: 'Try again' }));
    expect(await within(row).findByText('1 entity has an error')).toBeTruthy();
    expect(await screen.findByText('owner is missing')).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('are deleted after a question', async () => {
    const simulator = renderAdmin('/admin/catalog');
    fireEvent.click(await screen.findByRole('button', { name: /^Delete location https:\/\/git\.example/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete this location?' });
    expect(simulator.requests.some(line => line.startsWith('DELETE'))).toBe(false);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('No location is registered')).toBeTruthy();
    expect(simulator.requests).toContain('DELETE /catalog/locations/l-1');
  });

  it('are registered, and an error leaves what was typed', async () => {
    const simulator = renderAdmin('/admin/catalog');
    fireEvent.click(await screen.findByRole('button', { name: 'Register location' }));
    const dialog = await screen.findByRole('dialog', { name: 'Register a location' });
    const field = within(dialog).getByRole('textbox', { name: 'Address of a catalog file' });
    fireEvent.change(field, { target: { value: ' https://git.example/new.yaml ' } });
    simulator.refusals.set('/catalog/locations', 409);
    fireEvent.click(within(dialog).getByRole('button', { name: 'Register' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Refused with 409');
    simulator.refusals.clear();
    fireEvent.click(within(dialog).getByRole('button', { name: 'Register' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await rowOf('https://git.example/new.yaml')).toBeTruthy();
    expect(simulator.bodies.at(-1)).toEqual({ type: 'url', target: 'https://git.example/new.yaml' });
  });
});
