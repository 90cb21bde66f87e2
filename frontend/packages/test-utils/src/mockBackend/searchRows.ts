import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';

/** An entity's keys and values as filters see them: flat, lower-cased keys, original values. */
export function searchRows(entity: Entity): [key: string, value: string][] {
  const rows: [string, string][] = [];
  const add = (key: string, value: unknown): void => {
    if (Array.isArray(value)) {
      value.forEach(item => add(key, item));
    } else if (typeof value === 'object' && value !== null) {
      Object.entries(value).forEach(([name, member]) => add(key ? `${key}.${name}` : name, member));
    } else if (value !== undefined && value !== null) {
      rows.push([key.toLowerCase(), String(value)]);
    }
  };
  const { relations = [], status, ...rest } = entity;
  add('', rest);
  add('status.items.level', [...new Set(status?.items?.map(({ level }) => level))]);
  relations.forEach(({ type, targetRef }) => rows.push([`relations.${type}`.toLowerCase(), targetRef]));
  return rows;
}

/** Whether an entity has a value, or any, at a key. */
export function hasRow(entity: Entity, key: string, value?: string): boolean {
  return searchRows(entity).some(
    ([rowKey, rowValue]) =>
      rowKey === key.toLowerCase() && (value === undefined || rowValue.toLowerCase() === value.toLowerCase()),
  );
}

/** Whether an entity passes the `filter` parameters: sets of which one must match. */
export function matchesFilters(entity: Entity, filters: readonly string[]): boolean {
  return filters.length === 0 || filters.some(filter => matchesSet(entity, filter));
}

function matchesSet(entity: Entity, filter: string): boolean {
  const wanted = new Map<string, string[]>();
  for (const statement of filter.split(',')) {
    const [key = '', ...value] = statement.split('=');
    wanted.set(key, [...(wanted.get(key) ?? []), ...(value.length > 0 ? [value.join('=')] : [])]);
  }
  return [...wanted].every(([key, values]) =>
    values.length === 0 ? hasRow(entity, key) : values.some(value => hasRow(entity, key, value)),
  );
}

type Json = Record<string, unknown>;

/** Whether an entity passes a predicate. */
export function matchesPredicate(entity: Entity, predicate: Json): boolean {
  return Object.entries(predicate).every(([key, value]) => {
    switch (key) {
      case '$all':
        return (value as Json[]).every(one => matchesPredicate(entity, one));
      case '$any':
        return (value as Json[]).some(one => matchesPredicate(entity, one));
      case '$not':
        return !matchesPredicate(entity, value as Json);
      default:
        return matchesValue(entity, key, value);
    }
  });
}

function matchesValue(entity: Entity, key: string, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return hasRow(entity, key, String(value));
  }
  const { $exists, $in, $hasPrefix } = value as { $exists?: boolean; $in?: string[]; $hasPrefix?: string };
  if ($hasPrefix !== undefined) {
    return sortValue(entity, key)?.startsWith($hasPrefix.toLowerCase()) ?? false;
  }
  return $in ? $in.some(one => hasRow(entity, key, one)) : hasRow(entity, key) === $exists;
}

/** Of an entity's many values at a key, the one it is ordered by. */
export function sortValue(entity: Entity, key: string): string | undefined {
  return searchRows(entity)
    .find(([rowKey]) => rowKey === key.toLowerCase())?.[1]
    .toLowerCase();
}

/** The entity reduced to some of its members. */
export function project(entity: Entity, fields: readonly string[] | undefined): Entity {
  if (!fields) {
    return entity;
  }
  const result: Json = {};
  for (const field of fields) {
    const path = field.split('.');
    let from: unknown = entity;
    let to = result;
    path.forEach((part, index) => {
      const value = (from as Json | undefined)?.[part];
      if (value !== undefined && index === path.length - 1) {
        to[part] = value;
      } else if (value !== undefined) {
        to = (to[part] ??= {}) as Json;
      }
      from = value;
    });
  }
  return result as unknown as Entity;
}

/** The reference of an entity. */
export const refOf = stringifyEntityRef;
