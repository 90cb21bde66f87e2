import { createApiFactory, eventsApiRef, type LiveEvent } from '@callboard/core-plugin-api';
import { renderInTestApp } from '@callboard/test-utils';
import { useQuery } from '@tanstack/react-query';
import { act, screen, waitFor } from '@testing-library/react';
import { expect, it } from 'vitest';
import { CatalogLiveUpdates } from './CatalogLiveUpdates';

function Counter({ queryKey }: { queryKey: unknown[] }) {
  const { data } = useQuery({ queryKey, queryFn: () => (counts[String(queryKey)] = (counts[String(queryKey)] ?? 0) + 1) });
  return <p>{`${String(queryKey)} read ${data}`}</p>;
}
const counts: Record<string, number> = {};

it('has what changed read anew, and nothing else', async () => {
  let tell: (event: LiveEvent) => void = () => undefined;
  const eventsApi = {
    subscribe: (_: unknown, listener: (event: LiveEvent) => void) => {
      tell = listener;
      return { unsubscribe: () => undefined, closed: false };
    },
  };
  renderInTestApp(
    <>
      <CatalogLiveUpdates />
      <Counter queryKey={['catalog', 'entity', 'component:default/a']} />
      <Counter queryKey={['catalog', 'entity', 'component:default/b']} />
      <Counter queryKey={['catalog', 'by-refs', ['component:default/b']]} />
      <Counter queryKey={['catalog', 'changes', 'component:default/a', 5]} />
      <Counter queryKey={['catalog', 'changes', 'component:default/b', 5]} />
      <Counter queryKey={['catalog', 'page']} />
      <Counter queryKey={['weather']} />
    </>,
    { apis: [createApiFactory(eventsApiRef, eventsApi)] },
  );
  expect(await screen.findByText('weather read 1')).toBeTruthy();
  act(() => {
    tell({ type: 'ready', revision: 1 });
    tell({ type: 'catalog', revision: 2, changes: [{ type: 'upsert', entityRef: 'component:default/a' }] });
  });
  await waitFor(() => expect(screen.getByText('catalog,page read 2')).toBeTruthy());
  expect(screen.getByText('catalog,entity,component:default/a read 2')).toBeTruthy();
  expect(screen.getByText('catalog,changes,component:default/a,5 read 2')).toBeTruthy();
  expect(screen.getByText('catalog,entity,component:default/b read 1')).toBeTruthy();
  expect(screen.getByText('catalog,changes,component:default/b,5 read 1')).toBeTruthy();
  expect(screen.getByText('catalog,by-refs,component:default/b read 1')).toBeTruthy();
  act(() => tell({ type: 'reset', revision: 9 }));
  await waitFor(() => expect(screen.getByText('catalog,entity,component:default/b read 2')).toBeTruthy());
  expect(screen.getByText('weather read 1')).toBeTruthy();
});
