import type { AppTheme } from '@callboard/core-plugin-api';
import { themes as ownThemes, type ColorTokens, type Theme } from '@callboard/theme';
import type { ComponentType, ReactNode } from 'react';

/** A look that an app brings. */
export interface AppThemeOptions extends AppTheme {
  /** Colours that differ from those of the portal's own look of the same variant. */
  colors?: Partial<ColorTokens>;
  /** What else the look needs around the app, such as a theme for other components. */
  Provider?: ComponentType<{ children?: ReactNode }>;
}

/** A look as it is put on. */
export interface InstalledTheme extends Theme {
  Provider?: ComponentType<{ children?: ReactNode }>;
}

/** The looks of an app: those it brings, in place of the portal's own. */
export function installThemes(options: readonly AppThemeOptions[] | undefined): readonly InstalledTheme[] {
  if (!options) {
    return ownThemes;
  }
  if (options.length === 0) {
    throw new Error('An app needs at least one theme; leave `themes` out for those of the portal');
  }
  return options.map(({ id, title, variant, colors, Provider }) => {
    const base = ownThemes.find(theme => theme.id === id) ?? ownThemes.find(theme => theme.id === variant);
    if (!base) {
      throw new Error(`The theme '${id}' must have the variant 'light' or 'dark', got '${variant}'`);
    }
    return { id, title, variant, colors: { ...base.colors, ...colors }, Provider };
  });
}
