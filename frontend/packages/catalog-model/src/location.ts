import { ANNOTATION_LOCATION, ANNOTATION_SOURCE_LOCATION, type Entity } from './entity';
import { stringifyEntityRef } from './entityRef';

/** Where something is, and how it is read from there. */
export interface LocationRef {
  type: string;
  target: string;
}

/** Parses `type:target`. Throws a `TypeError` for anything else, such as an address without its type. */
export function parseLocationRef(ref: string): LocationRef {
  const colon = ref.indexOf(':');
  const [type, target] = [ref.slice(0, Math.max(colon, 0)).trim(), ref.slice(colon + 1).trim()];
  if (!type || !target) {
    throw new TypeError(`Location reference "${ref}" was not on the form <type>:<target>, such as url:https://host/path`);
  }
  if (type === 'http' || type === 'https') {
    throw new TypeError(`Location reference "${ref}" has no type; did you mean "url:${ref}"?`);
  }
  return { type, target };
}

/** The reference of a location, as `url:https://host/path`. */
export function stringifyLocationRef({ type, target }: LocationRef): string {
  if (!type || !target) {
    throw new TypeError(`A location needs a type and a target, got "${type}:${target}"`);
  }
  return `${type}:${target}`;
}

/** Where the entity's source is: where it says so, or where it was read from. Throws where neither is known. */
export function getEntitySourceLocation(entity: Entity): LocationRef {
  const annotations = entity.metadata.annotations;
  const ref = annotations?.[ANNOTATION_SOURCE_LOCATION] ?? annotations?.[ANNOTATION_LOCATION];
  if (!ref) {
    throw new Error(`Entity "${stringifyEntityRef(entity)}" has no source location`);
  }
  return parseLocationRef(ref);
}
