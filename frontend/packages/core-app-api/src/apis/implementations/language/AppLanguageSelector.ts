import type { AppLanguageApi } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { BehaviorSubject } from '../../../lib/Subject';

const STORAGE_KEY = 'language';

/** Remembers the chosen language; without a choice the browser's preference decides, as far as the app has it. */
export class AppLanguageSelector implements AppLanguageApi {
  private readonly languages: readonly [string, ...string[]];
  private readonly active: BehaviorSubject<{ language: string }>;

  constructor(options: { availableLanguages?: readonly string[]; defaultLanguage?: string } = {}) {
    const { availableLanguages = ['en'], defaultLanguage } = options;
    const [first = 'en', ...others] = availableLanguages;
    if (defaultLanguage && !availableLanguages.includes(defaultLanguage)) {
      throw new Error(`The default language '${defaultLanguage}' is not among the available ones, ${availableLanguages.join(', ')}`);
    }
    this.languages = defaultLanguage ? [defaultLanguage, ...availableLanguages.filter(one => one !== defaultLanguage)] : [first, ...others];
    this.active = new BehaviorSubject({ language: this.known(localStorage.getItem(STORAGE_KEY)) ?? this.preferred() });
    document.documentElement.lang = this.active.value.language;
  }

  getAvailableLanguages(): { languages: string[] } {
    return { languages: [...this.languages] };
  }

  getLanguage(): { language: string } {
    return this.active.value;
  }

  setLanguage(language?: string): void {
    if (language !== undefined && !this.known(language)) {
      throw new Error(`There is no language '${language}'; there are ${this.languages.join(', ')}`);
    }
    if (language === undefined) {
      localStorage.removeItem(STORAGE_KEY);
    } else {
      localStorage.setItem(STORAGE_KEY, language);
    }
    const next = language ?? this.preferred();
    document.documentElement.lang = next;
    this.active.next({ language: next });
  }

  language$(): Observable<{ language: string }> {
    return this.active;
  }

  private known(language: string | null): string | undefined {
    return this.languages.find(one => one === language);
  }

  /** The first that the browser asks for, `de` standing in for `de-AT`. */
  private preferred(): string {
    const wanted = navigator.languages.flatMap(tag => [tag, tag.split('-')[0] ?? tag]);
    return wanted.map(tag => this.known(tag)).find(Boolean) ?? this.languages[0];
  }
}
