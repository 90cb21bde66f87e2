import { ExtensionProvider, type InstalledExtension } from '@callboard/core-plugin-api';
import { HomeCardSettingsContext, type HomeCardParams } from '@callboard/plugin-home-react';
import { useMemo } from 'react';
import { ownSettings } from '../../lib/cardSettings';
import type { HomeLayout } from '../../lib/homeLayout';

export type HomeCard = InstalledExtension<HomeCardParams>;

/** A card, as the person has set it up. */
export function CardOf({ card, layout: { settings } }: { card: HomeCard; layout: HomeLayout }) {
  const own = useMemo(() => ownSettings(card, settings), [card, settings]);
  return (
    <ExtensionProvider extension={card}>
      <HomeCardSettingsContext value={own}>{card.params.element}</HomeCardSettingsContext>
    </ExtensionProvider>
  );
}
