import type { Observable } from '@callboard/types';
import type { ReactElement } from 'react';
import { createApiRef } from '../ApiRef';

/** A look the app can take on. */
export interface AppTheme {
  id: string;
  title: string;
  variant: 'light' | 'dark';
  icon?: ReactElement;
}

/** Which look is chosen; none means the system decides. */
export interface AppThemeApi {
  getInstalledThemes(): AppTheme[];
  getActiveThemeId(): string | undefined;
  setActiveThemeId(id?: string): void;
  activeThemeId$(): Observable<string | undefined>;
}

export const appThemeApiRef = createApiRef<AppThemeApi>({ id: 'core.apptheme' });
