import type { JsonValue } from '@callboard/types';

/** How a person has arranged their home page, by the ids of the cards. */
export type HomeLayout = {
  /** Cards that are not named stand behind those that are, in the order of configuration. */
  order: string[];
  /** Cards that were taken away. */
  hidden: string[];
  /** Cards that were added, of those that are not shown by themselves. */
  added: string[];
  /** Cards that take a whole row, or no longer do. */
  wide: string[];
  narrow: string[];
  /** What cards were set up with. */
  settings: Record<string, JsonValue>;
};

export const DEFAULT_LAYOUT: HomeLayout = { order: [], hidden: [], added: [], wide: [], narrow: [], settings: {} };

interface Arrangeable {
  id: string;
  params: { shown?: boolean; fixed?: boolean; wide?: boolean };
}

/** The cards as a person wants them, and those that they may add. Fixed cards keep the place that configuration gives them. */
export function arrangeCards<Card extends Arrangeable>(cards: readonly Card[], layout: HomeLayout): { shown: Card[]; hidden: Card[] } {
  const { order } = layout;
  const placeOf = ({ id }: Card) => (order.includes(id) ? order.indexOf(id) : order.length);
  const sorted = cards.filter(({ params }) => !params.fixed).sort((one, other) => placeOf(one) - placeOf(other));
  const shown = sorted.filter(card => isShown(card, layout));
  cards
    .filter(card => isShown(card, layout))
    .forEach((card, place) => {
      if (card.params.fixed) {
        shown.splice(place, 0, card);
      }
    });
  return { shown, hidden: sorted.filter(card => !isShown(card, layout)) };
}

function isShown({ id, params: { shown = true, fixed } }: Arrangeable, { hidden, added }: HomeLayout): boolean {
  return fixed || (shown ? !hidden.includes(id) : added.includes(id));
}

/** Whether a card takes a whole row. */
export function isWide({ id, params }: Arrangeable, { wide, narrow }: HomeLayout): boolean {
  return wide.includes(id) || (params.wide === true && !narrow.includes(id));
}

/** The layout with one card wide, or narrow where it was wide. */
export function withOtherWidth(layout: HomeLayout, card: Arrangeable): HomeLayout {
  const { id } = card;
  const [wide, narrow] = [without(layout.wide, id), without(layout.narrow, id)];
  return isWide(card, layout) ? { ...layout, wide, narrow: [...narrow, id] } : { ...layout, wide: [...wide, id], narrow };
}

/** The layout with one card behind those that are shown. */
export function withCard(layout: HomeLayout, shown: readonly string[], { id }: Arrangeable): HomeLayout {
  return { ...layout, order: [...shown, id], hidden: without(layout.hidden, id), added: [...without(layout.added, id), id] };
}

/** The layout with some cards taken away. What they were set up with is kept in case they come back. */
export function withoutCards(layout: HomeLayout, shown: readonly string[], ids: readonly string[]): HomeLayout {
  const rest = (list: readonly string[]) => list.filter(id => !ids.includes(id));
  return { ...layout, order: [...shown], hidden: [...rest(layout.hidden), ...ids], added: rest(layout.added) };
}

/** Ids with one of them at another place. */
export function moveTo(ids: readonly string[], id: string, place: number): string[] {
  return without(ids, id).toSpliced(place, 0, id);
}

function without(ids: readonly string[], id: string): string[] {
  return ids.filter(one => one !== id);
}
