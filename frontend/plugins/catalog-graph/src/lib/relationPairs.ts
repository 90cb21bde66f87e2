/** Relations come in pairs, one for each direction. The first leads from the left of a drawing to its right. */
export const RELATION_PAIRS: readonly (readonly [forward: string, backward: string])[] = [
  ['ownerOf', 'ownedBy'],
  ['providesApi', 'apiProvidedBy'],
  ['apiConsumedBy', 'consumesApi'],
  ['dependencyOf', 'dependsOn'],
  ['parentOf', 'childOf'],
  ['hasMember', 'memberOf'],
  ['hasPart', 'partOf'],
];

/** The pair a type belongs to, by its forward name, and which way the type leads. */
export function pairOf(type: string): { pair: string; forward: boolean } {
  const known = RELATION_PAIRS.find(([forward, backward]) => forward === type || backward === type);
  return { pair: known?.[0] ?? type, forward: known?.[1] !== type };
}
