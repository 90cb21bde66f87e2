import type { Entity } from '@callboard/catalog-model';
import { accessibilityViolations, currentPath, renderInstalledPages, sampleEntities, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { installation } from '../../installation';

function inspect(view: string, name = 'ledger-service') {
  return renderInstalledPages({ installed: [{ installation }], path: `/catalog/default/component/${name}?inspect=${view}` });
}

const panel = () => screen.getByRole('tabpanel', { name: /./ });

describe('inspecting an entity', () => {
  it('tells what the catalog knows beyond the descriptor, and axe objects to nothing', async () => {
    startMockBackend();
    inspect('overview');
    const dialog = await screen.findByRole('dialog', { name: 'Inspect Ledger service' });
    expect(within(dialog).getByText('Registered as')).toBeTruthy();
    expect(within(dialog).getByText('Up to date with its file')).toBeTruthy();
    expect(await accessibilityViolations(dialog)).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(currentPath()).toBe('/catalog/default/component/ledger-service'));
  });

  it('draws where it comes from, each with a way to its page', async () => {
    const [location] = sampleEntities();
    const parent = { ...location, kind: 'Location', metadata: { name: 'all', title: 'Everything' } } as Entity;
    const entity = sampleEntities().find(({ metadata }) => metadata.name === 'ledger-service') as Entity;
    const failed = { items: [{ type: 'processing', level: 'error', message: 'NotFoundError: 404' }] } as Entity['status'];
    startMockBackend().override(/ancestry/, () =>
      Response.json({
        rootEntityRef: 'component:default/ledger-service',
        items: [
          { entity, parentEntityRefs: ['location:default/all'] },
          { entity: { ...parent, status: failed }, parentEntityRefs: [] },
        ],
      }),
    );
    inspect('ancestry');
    const drawing = await screen.findByRole('group', { name: 'Ancestry of Ledger service' });
    expect(within(drawing).getByText('Registration, configuration or provider')).toBeTruthy();
    const link = within(drawing).getByRole('link', { name: 'Location, Everything, has an error' });
    expect(link.getAttribute('href')).toBe('/catalog/default/location/all');
    fireEvent.click(within(drawing).getByRole('button', { name: 'Show as table' }));
    const rows = within(drawing).getAllByRole('row').slice(1).map(row => row.textContent);
    expect(rows).toEqual([
      'location:default/allcomponent:default/ledger-service',
      'Registration, configuration or providerlocation:default/all',
    ]);
    expect(await accessibilityViolations(drawing)).toEqual([]);
  });

  it('says so when that cannot be found out', async () => {
    startMockBackend().override(/ancestry/, () => Response.json({ error: { name: 'Error', message: 'Away' } }, { status: 503 }));
    inspect('ancestry');
    expect((await screen.findByRole('alert')).textContent).toContain('The ancestry could not be read');
  });

  it('lists what stands in the same file, and what came by the same location', async () => {
    const both = (entity: Entity): Entity => ({
      ...entity,
      metadata: {
        ...entity.metadata,
        annotations: { ...entity.metadata.annotations, 'backstage.io/managed-by-location': 'url:https://acme.example/all.yaml' },
      },
    });
    startMockBackend(sampleEntities().map(one => (/^(ledger|refunds)-service$/.test(one.metadata.name) ? both(one) : one)));
    inspect('colocated');
    const file = await screen.findByRole('region', { name: 'Declared in the same place' });
    expect(await within(file).findByRole('link', { name: 'Refunds service' })).toBeTruthy();
    expect(within(file).queryByRole('link', { name: 'Ledger service' })).toBeNull();
    const origin = screen.getByRole('region', { name: 'Came by the same location' });
    expect((await within(origin).findAllByRole('link')).length).toBeGreaterThan(50);
  });

  it('shows the document as YAML and JSON, also by the links that Backstage makes', async () => {
    startMockBackend();
    inspect('raw-json');
    expect((await screen.findByRole('region', { name: 'Descriptor' })).textContent).toContain('"kind": "Component"');
    expect(within(panel()).getByRole('button', { name: 'Copy' })).toBeTruthy();
    fireEvent.click(screen.getByRole('tab', { name: 'YAML' }));
    await waitFor(() => expect(screen.getByRole('region', { name: 'Descriptor' }).textContent).toContain('kind: Component'));
    expect(currentPath()).toBe('/catalog/default/component/ledger-service?inspect=yaml');
  });
});
