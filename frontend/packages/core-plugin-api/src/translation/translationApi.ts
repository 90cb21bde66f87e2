import type { Observable } from '@callboard/types';
import { createApiRef } from '../apis/ApiRef';
import type { MessageTree, TranslationRef } from './translationRef';

/** Which language is chosen. */
export interface AppLanguageApi {
  /** As tags, such as `en` or `pt-BR`; the first is what there is without a choice that is known. */
  getAvailableLanguages(): { languages: string[] };
  getLanguage(): { language: string };
  /** Without a language the browser's own preference decides. */
  setLanguage(language?: string): void;
  language$(): Observable<{ language: string }>;
}

export const appLanguageApiRef = createApiRef<AppLanguageApi>({ id: 'core.applanguage' });

/** The texts of plugins in the language that is chosen. */
export interface TranslationApi {
  /** The same object as long as nothing changes. Texts are those of the plugin until the language's are there, or where it has none. */
  getMessages<Messages extends MessageTree>(ref: TranslationRef<Messages>): Messages;
  /** Tells of each time that texts of the reference may have changed. */
  changes$(ref: TranslationRef): Observable<void>;
}

export const translationApiRef = createApiRef<TranslationApi>({ id: 'core.translation' });
