import { accessibilityViolations, renderInTestApp } from '@callboard/test-utils';
import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { {{pascal}}Page } from './{{pascal}}Page';

it('shows its title and is accessible', async () => {
  const { container } = renderInTestApp(<{{pascal}}Page />);
  expect(await screen.findByRole('heading', { name: '{{title}}' })).toBeDefined();
  expect(await accessibilityViolations(container)).toEqual([]);
});
