/** Texts of a plugin, by names, in groups. A text may be a function of what it is about. */
export interface MessageTree {
  readonly [name: string]: string | ((...values: never[]) => string) | MessageTree;
}

/** The same texts in another language: any of them may be left out, and functions take the same. */
export type TranslatedMessages<Messages> = {
  readonly [Name in keyof Messages]?: Messages[Name] extends string
    ? string
    : Messages[Name] extends (...values: never[]) => string
      ? Messages[Name]
      : TranslatedMessages<Messages[Name]>;
};

/** What loads a language's texts. */
export type LoadMessages<Messages> = () => Promise<{ default: TranslatedMessages<Messages> } | TranslatedMessages<Messages>>;

/** The texts of a plugin: those it brings are what other languages fall back to. */
export interface TranslationRef<Messages extends MessageTree = MessageTree> {
  readonly $$type: 'translation-ref';
  readonly id: string;
  readonly messages: Messages;
  readonly translations: Readonly<Record<string, LoadMessages<Messages>>>;
}

/** Languages that an app adds to the texts of a plugin. */
export interface TranslationResource {
  readonly id: string;
  readonly translations: Readonly<Record<string, LoadMessages<never>>>;
}

/** Names the texts of a plugin, and the languages that it brings itself. */
export function createTranslationRef<const Messages extends MessageTree>(options: {
  /** Such as `plugin.my-plugin`. */
  id: string;
  messages: Messages;
  translations?: Record<string, LoadMessages<NoInfer<Messages>>>;
}): TranslationRef<Messages> {
  return { $$type: 'translation-ref', id: options.id, messages: options.messages, translations: options.translations ?? {} };
}

/** Adds languages to the texts of a plugin: for `createApp({ translations: { resources } })`. */
export function createTranslationResource<Messages extends MessageTree>(options: {
  ref: TranslationRef<Messages>;
  translations: Record<string, LoadMessages<NoInfer<Messages>>>;
}): TranslationResource {
  return { id: options.ref.id, translations: options.translations as TranslationResource['translations'] };
}

/**
 * The texts of a language as plugins of Backstage have them: by names with those of their groups before them, `form.title`.
 * What loads the language gets them as its default export.
 */
export function createTranslationMessages<Messages extends MessageTree>(options: {
  ref: TranslationRef<Messages>;
  /** Says that nothing is left out; without effect, since what is left out is as the plugin says it. */
  full?: boolean;
  messages: Readonly<Record<string, string | null>>;
}): TranslatedMessages<Messages> {
  const tree: Group = {};
  for (const [key, text] of Object.entries(options.messages)) {
    if (text !== null) {
      place(tree, key, text, options.ref.messages);
    }
  }
  return tree as TranslatedMessages<Messages>;
}

interface Group {
  [name: string]: string | Group;
}

/** Puts a text where the plugin has it: by its whole name, or in its groups. */
function place(tree: Group, key: string, text: string, original: MessageTree): void {
  const names = key in original ? [key] : key.split('.');
  const last = names.pop() ?? key;
  let group = tree;
  for (const name of names) {
    const inner = group[name];
    group = typeof inner === 'object' ? inner : ((group[name] = {}) as Group);
  }
  group[last] = text;
}
