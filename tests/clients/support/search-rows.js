// What a filter sees of an entity, worked out anew from the rules of the format, so that answers can be checked one by one.

const HIDDEN = new Set(['attachments', 'relations', 'status', 'metadata.name', 'metadata.namespace', 'metadata.uid', 'metadata.etag']);
const LONGEST = 200;

/** `[{key, value, original}]` of an entity; keys and values in lower case, `value` null where there is none. */
export function searchRows(entity) {
  const rows = new Map();
  const add = (key, raw) => {
    const original = raw === null || raw === undefined || String(raw).length > LONGEST ? null : String(raw);
    const value = original === null ? null : original.toLowerCase();
    const row = { key: key.toLowerCase(), value, original };
    const identity = JSON.stringify([row.key, row.value]);
    if (row.key.length <= LONGEST && !rows.has(identity)) {
      rows.set(identity, row);
    }
  };
  const visit = (path, value) => {
    if (HIDDEN.has(path)) {
      return;
    }
    if (Array.isArray(value)) {
      for (const element of value) {
        visit(path, element);
        if (typeof element === 'string') {
          add(`${path}.${element}`, true);
        }
      }
    } else if (value !== null && typeof value === 'object') {
      for (const [member, inner] of Object.entries(value)) {
        visit(path ? `${path}.${member}` : member, inner);
      }
    } else {
      add(path, value);
    }
  };
  visit('', entity);
  for (const member of ['name', 'namespace', 'uid']) {
    add(`metadata.${member}`, entity.metadata[member]);
  }
  for (const relation of entity.relations) {
    add(`relations.${relation.type}`, relation.targetRef);
  }
  return [...rows.values()];
}

/** The values of a field, in lower case. */
export function valuesOf(entity, field) {
  return searchRows(entity)
    .filter(row => row.key === field.toLowerCase() && row.value !== null)
    .map(row => row.value);
}

/** Whether an entity matches a predicate query. */
export function matches(entity, predicate) {
  const rows = searchRows(entity);
  const fieldMatches = (field, condition) => {
    const key = field.toLowerCase();
    const some = test => rows.some(row => row.key === key && test(row.value));
    if (typeof condition !== 'object') {
      return some(value => value === String(condition).toLowerCase());
    }
    if ('$exists' in condition) {
      return some(() => true) === condition.$exists;
    }
    if ('$in' in condition) {
      return condition.$in.some(wanted => some(value => value === String(wanted).toLowerCase()));
    }
    if ('$hasPrefix' in condition) {
      return some(value => value !== null && value.startsWith(condition.$hasPrefix.toLowerCase()));
    }
    const contained = condition.$contains;
    if (typeof contained !== 'object') {
      return some(value => value === String(contained).toLowerCase());
    }
    const targets = contained.targetRef === undefined ? undefined : [contained.targetRef.$in ?? contained.targetRef].flat();
    return rows.some(
      row =>
        row.key === `relations.${contained.type}`.toLowerCase() &&
        (!targets || targets.some(target => target.toLowerCase() === row.value)),
    );
  };
  const holds = node => {
    if (node.$all) {
      return node.$all.every(holds);
    }
    if (node.$any) {
      return node.$any.some(holds);
    }
    if (node.$not) {
      return !holds(node.$not);
    }
    return Object.entries(node).every(([field, condition]) => fieldMatches(field, condition));
  };
  return holds(predicate);
}
