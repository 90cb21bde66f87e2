import type { AppTheme, AppThemeApi } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { BehaviorSubject } from '../../lib/Subject';

const STORAGE_KEY = 'theme';

/** Remembers the chosen look; without a choice the system decides. */
export class AppThemeSelector implements AppThemeApi {
  private readonly active: BehaviorSubject<string | undefined>;

  constructor(private readonly themes: readonly AppTheme[]) {
    const known = (id: string | null) => (themes.some(theme => theme.id === id) ? (id ?? undefined) : undefined);
    this.active = new BehaviorSubject(known(localStorage.getItem(STORAGE_KEY)));
    window.addEventListener('storage', event => {
      if (event.key === STORAGE_KEY) {
        this.active.next(known(event.newValue));
      }
    });
  }

  getInstalledThemes(): AppTheme[] {
    return [...this.themes];
  }

  getActiveThemeId(): string | undefined {
    return this.active.value;
  }

  setActiveThemeId(id?: string): void {
    if (id) {
      localStorage.setItem(STORAGE_KEY, id);
    } else {
      localStorage.removeItem(STORAGE_KEY);
    }
    this.active.next(id);
  }

  activeThemeId$(): Observable<string | undefined> {
    return this.active;
  }
}
