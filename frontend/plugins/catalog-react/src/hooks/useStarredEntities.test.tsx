import { createApiFactory } from '@callboard/core-plugin-api';
import { renderInTestApp } from '@callboard/test-utils';
import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { MockStarredEntitiesApi, starredEntitiesApiRef } from '../apis/starredEntities';
import { useStarredEntities, useStarredEntity } from './useStarredEntities';

function Stars() {
  const { starredEntities } = useStarredEntities();
  const shop = useStarredEntity('component:default/shop');
  return (
    <>
      <p>Starred: {[...starredEntities].join(', ')}</p>
      <button aria-pressed={shop.isStarredEntity} onClick={shop.toggleStarredEntity}>
        Shop
      </button>
    </>
  );
}

it('what is starred is what an app that replaces the API says, now and later', async () => {
  const stars = new MockStarredEntitiesApi();
  await stars.toggleStarred('api:default/orders');
  renderInTestApp(<Stars />, { apis: [createApiFactory(starredEntitiesApiRef, stars)] });
  expect(screen.getByText('Starred: api:default/orders')).toBeTruthy();

  await userEvent.click(screen.getByRole('button', { name: 'Shop', pressed: false }));
  expect(screen.getByRole('button', { name: 'Shop', pressed: true })).toBeTruthy();
  let now: Iterable<string> = [];
  stars.starredEntitie$().subscribe(refs => (now = refs)).unsubscribe();
  expect([...now]).toEqual(['api:default/orders', 'component:default/shop']);

  await act(() => stars.toggleStarred('api:default/orders'));
  expect(screen.getByText('Starred: component:default/shop')).toBeTruthy();
});
