import { appThemeApiRef, useApi } from '@callboard/core-plugin-api';
import { renderInTestApp } from '@callboard/test-utils';
import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '../createApp';

function Looks() {
  const themeApi = useApi(appThemeApiRef);
  return (
    <ul>
      {themeApi.getInstalledThemes().map(({ id, title }) => (
        <li key={id}>
          <button type="button" onClick={() => themeApi.setActiveThemeId(id)}>
            {title}
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What style sheets say; the ones of the look stand in a cascade layer, which jsdom does not know. */
const styles = () => [...document.querySelectorAll('style')].map(({ textContent }) => textContent).join('');

describe("an app's themes", () => {
  beforeEach(() => localStorage.clear());

  it('stand in place of the own ones, with their colours and what they need around the app', async () => {
    renderInTestApp(<Looks />, {
      themes: [
        { id: 'acme', title: 'Acme', variant: 'light', colors: { accent: 'rgb(1, 2, 3)' }, Provider: ({ children }) => <main>{children}</main> },
        { id: 'acme-night', title: 'Acme at night', variant: 'dark' },
      ],
    });
    expect((await screen.findAllByRole('button')).map(button => button.textContent)).toEqual(['Acme', 'Acme at night']);
    expect(styles()).toContain('--cb-accent:rgb(1, 2, 3)');
    expect(screen.getByRole('main')).toBeTruthy();
    act(() => screen.getByRole('button', { name: 'Acme at night' }).click());
    expect(styles()).toContain('color-scheme:dark');
    expect(screen.queryByRole('main')).toBeNull();
  });

  it('are at least one', () => {
    expect(() => createApp({ themes: [] })).toThrow('An app needs at least one theme');
  });
});
