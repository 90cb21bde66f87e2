import { useCallback, useEffect, useReducer, useState, useSyncExternalStore } from 'react';
import { useOptionalApiHolder } from '../apis/useApi';
import { useInstallation } from '../installation/context';
import type { InstalledPlugin } from '../installation/installation';
import { appLanguageApiRef, translationApiRef, type AppLanguageApi } from './translationApi';
import type { MessageTree, TranslationRef } from './translationRef';

/**
 * Says what the installation of a plugin says, such as the title of a page, in the chosen language. Without a plugin's id all
 * are searched. A text that is none of theirs, such as one of the portal's configuration, stays as it is.
 */
export function useInstalledTexts(): (text: string, pluginId?: string) => string {
  const { plugins } = useInstallation();
  const apis = useOptionalApiHolder();
  const translationApi = apis?.get(translationApiRef);
  const isEnglish = useIsEnglish(apis?.get(appLanguageApiRef));
  const translations = useTranslations(plugins, isEnglish);
  // Another function whenever texts have changed, so that what is made with it is made anew.
  const newest = () => (ref: TranslationRef) => translationApi?.getMessages(ref);
  const [messagesOf, renew] = useReducer(newest, undefined, newest);
  useEffect(() => {
    // Texts may have come between drawing and this.
    if (!isEnglish) {
      renew();
    }
    const subscriptions = [...translations.values()].flatMap(ref => (translationApi ? [translationApi.changes$(ref).subscribe(renew)] : []));
    return () => subscriptions.forEach(subscription => subscription.unsubscribe());
  }, [translations, isEnglish, translationApi]);

  return useCallback(
    (text: string, pluginId?: string) => {
      for (const [id, translation] of translations) {
        const path = pluginId === undefined || pluginId === id ? pathTo(text, translation.messages) : undefined;
        if (path) {
          const found = path.reduce<unknown>((tree, name) => (tree as MessageTree | undefined)?.[name], messagesOf(translation));
          return typeof found === 'string' ? found : text;
        }
      }
      return text;
    },
    [translations, messagesOf],
  );
}

/** By the ids of plugins, what translates their texts: what the installation has at hand, and in other languages than English all. */
function useTranslations(plugins: readonly InstalledPlugin[], isEnglish: boolean): ReadonlyMap<string, TranslationRef> {
  const [translations, setTranslations] = useState(() => new Map(plugins.flatMap(atHand)));
  useEffect(() => {
    let isWanted = !isEnglish;
    if (isWanted) {
      void Promise.all(plugins.map(load)).then(found => isWanted && setTranslations(new Map(found.flat())));
    }
    return () => void (isWanted = false);
  }, [plugins, isEnglish]);
  return translations;
}

function useIsEnglish(languageApi: AppLanguageApi | undefined): boolean {
  const subscribe = useCallback(
    (notify: () => void) => {
      const subscription = languageApi?.language$().subscribe(notify);
      return () => subscription?.unsubscribe();
    },
    [languageApi],
  );
  return useSyncExternalStore(subscribe, () => /^en\b/.test(languageApi?.getLanguage().language ?? 'en'));
}

function atHand({ id, translation }: InstalledPlugin): [string, TranslationRef][] {
  return translation && typeof translation !== 'function' ? [[id, translation]] : [];
}

/** What cannot be loaded leaves its plugin's texts as they are, and the others translated. */
async function load(plugin: InstalledPlugin): Promise<[string, TranslationRef][]> {
  const { id, translation } = plugin;
  if (typeof translation !== 'function') {
    return atHand(plugin);
  }
  try {
    return [[id, await translation()]];
  } catch {
    return [];
  }
}

/** The names that lead to a text. */
function pathTo(text: string, messages: MessageTree): string[] | undefined {
  for (const [name, value] of Object.entries(messages)) {
    if (value === text) {
      return [name];
    }
    const below = typeof value === 'object' ? pathTo(text, value) : undefined;
    if (below) {
      return [name, ...below];
    }
  }
  return undefined;
}
