import type { Entity } from '@callboard/catalog-model';
import { renderInTestApp } from '@callboard/test-utils';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { SourceCell } from './SourceCell';

const shop = (annotations: Record<string, string>): Entity => ({ apiVersion: 'v1', kind: 'Component', metadata: { name: 'shop', namespace: 'default', annotations } });

it('leads to an entity’s file, and to where it is edited', async () => {
  renderInTestApp(
    <SourceCell entity={shop({ 'backstage.io/view-url': 'https://git.example/shop', 'backstage.io/edit-url': 'https://git.example/edit/shop' })} />,
  );
  expect((await screen.findByRole('link', { name: 'View the source of shop' })).getAttribute('href')).toBe('https://git.example/shop');
  expect(screen.getByRole('link', { name: 'Edit the file of shop' }).getAttribute('href')).toBe('https://git.example/edit/shop');
});

it('leads nowhere but to pages', async () => {
  renderInTestApp(
    <>
      <SourceCell entity={shop({ 'backstage.io/view-url': 'javascript:alert(1)' })} />
      <p>rendered</p>
    </>,
  );
  await screen.findByText('rendered');
  expect(screen.queryByRole('link')).toBeNull();
});
