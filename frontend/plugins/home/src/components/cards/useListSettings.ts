import { useHomeCardSettings } from '@callboard/plugin-home-react';
import { ROWS, type ListSettings } from '../../lib/cardSchemas';

/** How long the list of a card is. */
export function useListSettings(): ListSettings {
  return useHomeCardSettings<ListSettings>() ?? { rows: ROWS };
}
