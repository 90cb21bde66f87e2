import type {
  AppLanguageApi,
  LoadMessages,
  MessageTree,
  TranslatedMessages,
  TranslationApi,
  TranslationRef,
  TranslationResource,
} from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { Subject } from '../../../lib/Subject';

/** Loads the texts of plugins in the chosen language when they are asked for first, and keeps them. */
export class TranslationStore implements TranslationApi {
  private readonly languageApi: AppLanguageApi;
  private readonly loaded = new Map<string, MessageTree>();
  private readonly changes = new Subject<void>();

  constructor(
    { languageApi }: { languageApi: AppLanguageApi },
    private readonly resources: readonly TranslationResource[] = [],
  ) {
    this.languageApi = languageApi;
    languageApi.language$().subscribe(() => this.changes.next());
  }

  getMessages<Messages extends MessageTree>(ref: TranslationRef<Messages>): Messages {
    const { language } = this.languageApi.getLanguage();
    const key = `${language} ${ref.id}`;
    const present = this.loaded.get(key);
    if (!present) {
      this.loaded.set(key, ref.messages);
      void this.load(ref, language, key);
    }
    return (present ?? ref.messages) as Messages;
  }

  changes$(): Observable<void> {
    return this.changes;
  }

  /** The app's texts are laid over those that the plugin brings. */
  private async load<Messages extends MessageTree>(ref: TranslationRef<Messages>, language: string, key: string): Promise<void> {
    const ofApp = this.resources.filter(({ id }) => id === ref.id).map(({ translations }) => translations[language] as LoadMessages<Messages> | undefined);
    const sources = [ref.translations[language], ...ofApp].filter(source => source !== undefined);
    if (sources.length === 0) {
      return;
    }
    try {
      const layers = await Promise.all(sources.map(source => source()));
      const messages = layers.map(layer => ('default' in layer ? layer.default : layer) as TranslatedMessages<MessageTree>);
      this.loaded.set(key, messages.reduce<MessageTree>(laidOver, ref.messages));
      this.changes.next();
    } catch (error) {
      // The texts of the plugin still stand; they are asked for again with the next page.
      this.loaded.delete(key);
      // eslint-disable-next-line no-console -- for whoever looks for the reason
      console.warn(`The texts of '${ref.id}' in '${language}' could not be loaded`, error);
    }
  }
}

function laidOver(base: MessageTree, over: TranslatedMessages<MessageTree>): MessageTree {
  const names = Object.keys(base);
  // Other languages may have more plural forms.
  const more = Object.keys(over).filter(name => !names.includes(name));
  return Object.fromEntries(
    [...names, ...more].map(name => {
      const [below, above] = [base[name], over[name]];
      const isGroup = typeof below === 'object' && typeof above === 'object';
      return [name, isGroup ? laidOver(below, above as TranslatedMessages<MessageTree>) : (above ?? below)];
    }),
  ) as MessageTree;
}
