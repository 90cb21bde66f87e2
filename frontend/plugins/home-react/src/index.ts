/** What plugins need to put cards on the home page. */
import { createExtensionKind, declareExtension, textSetting, type DeclarationOptions, type ExtensionDeclaration } from '@callboard/core-plugin-api';
import type { ReactElement } from 'react';

/** A card on the home page. */
export interface HomeCardParams {
  /** What it is called where people arrange their page. */
  title?: string;
  element: ReactElement;
}

export const homeCardKind = createExtensionKind<HomeCardParams>({ id: 'home-card', settings: { title: textSetting } });

/** Declares a card: `home-card:<plugin>`, or `home-card:<plugin>/<name>`. */
export const defineHomeCard = (options: HomeCardParams & DeclarationOptions): ExtensionDeclaration<HomeCardParams> =>
  declareExtension(homeCardKind, options);
