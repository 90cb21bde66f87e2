/** On which side of an entity a relation belongs in a drawing: what it leans on, or what leans on it. */
export type RelationSide = 'upstream' | 'downstream';

/** What is known about a relation type. */
export interface RelationInfo {
  /** Read after the entity's name: "Payments *depends on* …". */
  phrase: string;
  /** The type of the edge back. */
  inverse: string;
  side: RelationSide;
}

/** The relations the catalog itself makes, in the order they are shown. */
export const RELATIONS: Readonly<Record<string, RelationInfo>> = {
  ownedBy: { phrase: 'owned by', inverse: 'ownerOf', side: 'upstream' },
  partOf: { phrase: 'part of', inverse: 'hasPart', side: 'upstream' },
  dependsOn: { phrase: 'depends on', inverse: 'dependencyOf', side: 'upstream' },
  consumesApi: { phrase: 'consumes', inverse: 'apiConsumedBy', side: 'upstream' },
  memberOf: { phrase: 'member of', inverse: 'hasMember', side: 'upstream' },
  childOf: { phrase: 'child of', inverse: 'parentOf', side: 'upstream' },
  apiProvidedBy: { phrase: 'provided by', inverse: 'providesApi', side: 'upstream' },
  providesApi: { phrase: 'provides', inverse: 'apiProvidedBy', side: 'downstream' },
  hasPart: { phrase: 'has part', inverse: 'partOf', side: 'downstream' },
  dependencyOf: { phrase: 'dependency of', inverse: 'dependsOn', side: 'downstream' },
  apiConsumedBy: { phrase: 'consumed by', inverse: 'consumesApi', side: 'downstream' },
  ownerOf: { phrase: 'owner of', inverse: 'ownedBy', side: 'downstream' },
  hasMember: { phrase: 'has member', inverse: 'memberOf', side: 'downstream' },
  parentOf: { phrase: 'parent of', inverse: 'childOf', side: 'downstream' },
};

const ORDER = Object.keys(RELATIONS);

/** What is known about a type, with a readable guess for those that plugins add. */
export function relationInfo(type: string): RelationInfo {
  return (
    RELATIONS[type] ?? {
      phrase: type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase(),
      inverse: type,
      side: 'downstream',
    }
  );
}

/**
 * The targets of an entity's relations, grouped by type: known types in a fixed order, then the others as `compare`, which
 * knows the reader's language, orders their phrases.
 */
export function groupRelations(
  relations: readonly { type: string; targetRef: string }[] | undefined,
  compare: (a: string, b: string) => number,
): { type: string; targets: string[] }[] {
  const groups = new Map<string, string[]>();
  for (const { type, targetRef } of relations ?? []) {
    const targets = groups.get(type);
    if (targets) {
      targets.push(targetRef);
    } else {
      groups.set(type, [targetRef]);
    }
  }
  const rank = (type: string) => (ORDER.includes(type) ? ORDER.indexOf(type) : ORDER.length);
  return [...groups]
    .map(([type, targets]) => ({ type, targets }))
    .sort((a, b) => rank(a.type) - rank(b.type) || compare(relationInfo(a.type).phrase, relationInfo(b.type).phrase));
}
