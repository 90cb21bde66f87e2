/** How a person has arranged their home page, by the ids of the cards. */
export type HomeLayout = {
  /** Cards that are not named stand behind those that are, in the order of configuration. */
  order: string[];
  /** Cards that were taken away. */
  hidden: string[];
  /** Cards that take a whole row. */
  wide: string[];
};

export const DEFAULT_LAYOUT: HomeLayout = { order: [], hidden: [], wide: [] };

/** The cards as a person wants them, and those that were taken away. */
export function arrangeCards<Card extends { id: string }>(cards: readonly Card[], { order, hidden }: HomeLayout) {
  const placeOf = ({ id }: Card) => (order.includes(id) ? order.indexOf(id) : order.length);
  const sorted = [...cards].sort((one, other) => placeOf(one) - placeOf(other));
  return {
    shown: sorted.filter(({ id }) => !hidden.includes(id)),
    hidden: sorted.filter(({ id }) => hidden.includes(id)),
  };
}

/** Ids with one of them at another place. */
export function moveTo(ids: readonly string[], id: string, place: number): string[] {
  return ids.filter(one => one !== id).toSpliced(place, 0, id);
}

/** Ids with one of them added, or taken away where it was among them. */
export function toggle(ids: readonly string[], id: string): string[] {
  return ids.includes(id) ? ids.filter(one => one !== id) : [...ids, id];
}
