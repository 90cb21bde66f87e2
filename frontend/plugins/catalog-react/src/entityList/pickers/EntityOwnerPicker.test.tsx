import { renderInTestApp, startMockBackend } from '@callboard/test-utils';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { catalogApi } from '../../fixtures/catalogApi.fixture';
import { useEntityList } from '../context';
import { EntityListProvider } from '../EntityListProvider';
import { EntityKindPicker } from './EntityKindPicker';
import { EntityOwnerPicker } from './valuePickers';

function Count() {
  const { entities, loading } = useEntityList();
  return <p>{loading ? 'loading' : `${entities.length} listed`}</p>;
}

it.each(['owners-only', 'all'] as const)('offers those who own something, and of `all` the others too: %s', async mode => {
  const backend = startMockBackend();
  renderInTestApp(
    <EntityListProvider>
      <EntityKindPicker initialFilter="component" />
      <EntityOwnerPicker mode={mode} />
      <Count />
    </EntityListProvider>,
    { apis: [catalogApi] },
  );
  const picker = await screen.findByRole('region', { name: 'Owner' });
  await within(picker).findByRole('checkbox', { name: /payments/i });
  const search = () => within(picker).queryByRole('searchbox');
  const ada = () => within(picker).queryByRole('checkbox', { name: /ada/i });
  if (mode === 'owners-only') {
    expect(search()).toBeNull();
    expect(ada()).toBeNull();
    expect(backend.requests.some(request => request.includes('filter=kind=group'))).toBe(false);
    return;
  }
  await waitFor(() => expect(search()).toBeTruthy());
  fireEvent.change(search() as HTMLElement, { target: { value: 'ada' } });
  await waitFor(() => expect(ada()).toBeTruthy());
  fireEvent.click(ada() as HTMLElement);
  expect(await screen.findByText('0 listed')).toBeTruthy();
});
