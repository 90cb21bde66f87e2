import { createExtensionKind, declareExtension, flagSetting, textSetting, type DeclarationOptions, type ExtensionDeclaration } from '@callboard/core-plugin-api';
import type { ReactElement } from 'react';
import type { CardForm } from './cardForm';

/** A card on the home page. */
export interface HomeCardParams {
  /** What it is called where people arrange their page. */
  title?: string;
  /** What it is good for, for those who may add it. */
  description?: string;
  element: ReactElement;
  /** Takes a whole row until the person makes it narrow. */
  wide?: boolean;
  /** False for one that people find among those they may add. */
  shown?: boolean;
  /** Stays where it is: nobody moves it, or takes it away. */
  fixed?: boolean;
  /** Whether it has anything to show with the extension's configuration; without, nobody sees or may add it. */
  isOffered?(config: unknown): boolean;
  /** What each person may set for themselves. The extension's `config` has the same shape, and is what holds until then. */
  form?: CardForm;
}

export const homeCardKind = createExtensionKind<HomeCardParams>({
  id: 'home-card',
  settings: { title: textSetting, description: textSetting, wide: flagSetting, shown: flagSetting, fixed: flagSetting },
});

/** Declares a card: `home-card:<plugin>`, or `home-card:<plugin>/<name>`. */
export const defineHomeCard = (options: HomeCardParams & DeclarationOptions): ExtensionDeclaration<HomeCardParams> =>
  declareExtension(homeCardKind, options);
