import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { useOptionalApiHolder } from '../apis/useApi';
import { appLanguageApiRef, translationApiRef } from './translationApi';
import type { MessageTree, TranslationRef } from './translationRef';

type Plural<Name extends string> = Name extends `${infer Base}_${'zero' | 'one' | 'two' | 'few' | 'many' | 'other'}` ? Base : Name;

/** The names of texts, with those of their groups before them: `form.title`. Of plural forms the name without its ending. */
export type MessageKey<Messages> = {
  [Name in keyof Messages & string]: Messages[Name] extends string
    ? Plural<Name>
    : Messages[Name] extends (...values: never[]) => string
      ? never
      : `${Name}.${MessageKey<Messages[Name]>}`;
}[keyof Messages & string];

/** What stands in place of `{{name}}` in a text; `count` also chooses among plural forms. */
export type MessageValues = Readonly<Record<string, string | number>>;

/**
 * The texts of a plugin in the chosen language: by name with `t('form.title', { name })`, or all of them as `messages`, in the
 * shape that the reference was made with.
 */
export function useTranslationRef<Messages extends MessageTree>(
  ref: TranslationRef<Messages>,
): { t: (key: MessageKey<Messages>, values?: MessageValues) => string; messages: Messages } {
  // Where the app itself could not start there are no APIs, and what says so still has its texts.
  const apis = useOptionalApiHolder();
  const translationApi = apis?.get(translationApiRef);
  const languageApi = apis?.get(appLanguageApiRef);
  const subscribe = useCallback(
    (notify: () => void) => {
      const subscription = translationApi?.changes$(ref).subscribe(notify);
      return () => subscription?.unsubscribe();
    },
    [translationApi, ref],
  );
  const messages = useSyncExternalStore(subscribe, () => translationApi?.getMessages(ref) ?? ref.messages);
  return useMemo(
    () => ({ messages, t: (key, values = {}) => translate(messages, key, values, languageApi?.getLanguage().language ?? 'en') }),
    [messages, languageApi],
  );
}

function translate(messages: MessageTree, key: string, values: MessageValues, language: string): string {
  const { count } = values;
  const form = typeof count === 'number' ? find(messages, `${key}_${new Intl.PluralRules(language).select(count)}`) : undefined;
  const text = form ?? find(messages, key) ?? find(messages, `${key}_other`);
  // What is missing shows its name, so that it is found.
  return text?.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => String(values[name] ?? whole)) ?? key;
}

function find(messages: MessageTree, key: string): string | undefined {
  const inGroups = () => key.split('.').reduce<MessageTree[string] | undefined>((group, name) => (typeof group === 'object' ? group[name] : undefined), messages);
  // Plugins may name texts with points in place of groups.
  const found = messages[key] ?? inGroups();
  return typeof found === 'string' ? found : undefined;
}
