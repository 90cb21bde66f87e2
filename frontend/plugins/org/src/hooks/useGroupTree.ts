import { relationTargets, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import type { CatalogApi } from '@callboard/catalog-client';

/** Trees deeper or wider than this are cut; no organisation chart is read beyond. */
const MAX_LEVELS = 8;
const MAX_GROUPS = 500;

/** The group's reference and those of all groups within it, however deep. Circles end where they close. */
export async function groupsWithin(catalogApi: CatalogApi, root: Entity, signal?: AbortSignal): Promise<Entity[]> {
  const found = new Map([[stringifyEntityRef(root), root]]);
  let level = [root];
  for (let depth = 0; depth < MAX_LEVELS && level.length > 0 && found.size < MAX_GROUPS; depth += 1) {
    const refs = [...new Set(level.flatMap(group => relationTargets(group, 'parentOf')))].filter(ref => !found.has(ref));
    const { items: groups } = await catalogApi.getEntitiesByRefs({ entityRefs: refs }, { signal });
    level = groups.flatMap(group => group ?? []);
    level.forEach(group => found.set(stringifyEntityRef(group), group));
  }
  return [...found.values()];
}

/** The groups above, the nearest first. */
export async function groupsAbove(catalogApi: CatalogApi, from: Entity, signal?: AbortSignal): Promise<Entity[]> {
  const above: Entity[] = [];
  const seen = new Set([stringifyEntityRef(from)]);
  let [parent] = relationTargets(from, 'childOf');
  while (parent && !seen.has(parent) && above.length < MAX_LEVELS) {
    seen.add(parent);
    const group = await catalogApi.getEntityByRef(parent, { signal });
    if (!group) {
      break;
    }
    above.push(group);
    [parent] = relationTargets(group, 'childOf');
  }
  return above;
}
