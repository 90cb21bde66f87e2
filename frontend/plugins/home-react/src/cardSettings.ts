import { useExtensionConfig } from '@callboard/core-plugin-api';
import { createContext, useContext } from 'react';

/** What the person has set up of the card that is shown; undefined where they left it as it is. For who shows cards. */
export const HomeCardSettingsContext = createContext<unknown>(undefined);

/** What the person has set up of this card, or else configuration. Undefined where the card stands outside of the page. */
export function useHomeCardSettings<Settings>(): Settings | undefined {
  const own = useContext(HomeCardSettingsContext);
  const configured = useExtensionConfig<Settings>();
  return (own as Settings | undefined) ?? configured;
}
