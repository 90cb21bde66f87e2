import { specString, type Entity } from '@callboard/catalog-model';

/** Which entities an extension is for: a condition, an expression, or a predicate. */
export type EntityMatcher = EntityCondition | string | EntityPredicate;
export type EntityCondition = (entity: Entity) => boolean;

/** Values at dotted paths, and conditions on conditions, in the shape of the catalog's query predicates. */
export interface EntityPredicate {
  [path: string]: EntityPredicateValue | EntityPredicate | EntityPredicate[];
}
type Scalar = string | number | boolean;
type EntityPredicateValue = Scalar | { $exists: boolean } | { $in: Scalar[] } | { $contains: Scalar } | { $hasPrefix: string };

/**
 * The condition that a filter stands for. An expression is words joined by spaces that must all hold, such as
 * `kind:component,api type:website has:annotations is:orphan`; of values joined by commas one must.
 */
export function entityCondition(filter: unknown): EntityCondition {
  if (typeof filter === 'function') {
    return filter as EntityCondition;
  }
  if (typeof filter === 'string') {
    return parseExpression(filter);
  }
  if (typeof filter === 'object' && filter !== null && !Array.isArray(filter)) {
    return parsePredicate(filter as Record<string, unknown>);
  }
  throw new Error(`must be an expression such as 'kind:component type:website' or a predicate, got ${JSON.stringify(filter)}`);
}

/** Reads a filter in the configuration of an extension. */
export const filterSetting = (value: unknown): EntityMatcher => entityCondition(value);

const expressions: Readonly<Record<string, (values: string[]) => EntityCondition>> = {
  kind: values => entity => values.includes(entity.kind.toLowerCase()),
  type: values => entity => values.includes(specString(entity, 'type')?.toLowerCase() ?? ''),
  lifecycle: values => entity => values.includes(specString(entity, 'lifecycle')?.toLowerCase() ?? ''),
  annotation: values => entity =>
    values.some(value => Object.keys(entity.metadata.annotations ?? {}).some(key => key.toLowerCase() === value)),
  has: values => entity => values.some(value => isFilled(entity.metadata[value as keyof Entity['metadata']])),
  is: values => {
    const strange = values.find(value => value !== 'orphan');
    if (strange !== undefined) {
      throw new Error(`'is:${strange}' is unknown; there is 'is:orphan'`);
    }
    return entity => entity.metadata.annotations?.['backstage.io/orphan'] === 'true';
  },
};

function parseExpression(expression: string): EntityCondition {
  const words = expression.trim().split(/\s+/).filter(Boolean);
  const conditions = words.map(word => {
    const separator = word.indexOf(':');
    const key = word.slice(0, Math.max(separator, 0));
    const values = word.slice(separator + 1).toLowerCase().split(',').filter(Boolean);
    const condition = expressions[key];
    if (!condition || values.length === 0) {
      throw new Error(`'${word}' is no condition; there are ${Object.keys(expressions).map(name => `${name}:value`).join(', ')}`);
    }
    return condition(values);
  });
  return entity => conditions.every(condition => condition(entity));
}

function parsePredicate(predicate: Record<string, unknown>): EntityCondition {
  const conditions = Object.entries(predicate).map(([key, value]): EntityCondition => {
    switch (key) {
      case '$all':
        return combine(key, value, (entity, all) => all.every(condition => condition(entity)));
      case '$any':
        return combine(key, value, (entity, any) => any.some(condition => condition(entity)));
      case '$not': {
        const condition = entityCondition(value);
        return entity => !condition(entity);
      }
      default:
        if (key.startsWith('$')) {
          throw new Error(`the operator '${key}' is unknown; there are $all, $any and $not`);
        }
        return matchPath(key, value);
    }
  });
  return entity => conditions.every(condition => condition(entity));
}

function combine(
  operator: string,
  value: unknown,
  decide: (entity: Entity, conditions: EntityCondition[]) => boolean,
): EntityCondition {
  if (!Array.isArray(value)) {
    throw new Error(`'${operator}' needs a list`);
  }
  const conditions = value.map(entityCondition);
  return entity => decide(entity, conditions);
}

function matchPath(path: string, wanted: unknown): EntityCondition {
  if (typeof wanted !== 'object') {
    return entity => valuesAt(entity, path).some(value => isSame(value, wanted));
  }
  const [operator, ...others] = Object.keys(wanted ?? {});
  const operand = (wanted as Record<string, unknown> | null)?.[operator ?? ''];
  const matches = operator !== undefined && others.length === 0 && operators[operator]?.(operand);
  if (!matches) {
    throw new Error(`'${path}' needs a value, or one of ${Object.keys(operators).join(', ')}, got ${JSON.stringify(wanted)}`);
  }
  return entity => matches(valuesAt(entity, path));
}

const operators: Readonly<Record<string, (operand: unknown) => ((values: unknown[]) => boolean) | undefined>> = {
  $exists: operand => (typeof operand === 'boolean' ? values => values.length > 0 === operand : undefined),
  $in: operand =>
    Array.isArray(operand) ? values => values.some(value => operand.some(one => isSame(value, one))) : undefined,
  $contains: operand => values => values.some(value => isSame(value, operand)),
  $hasPrefix: operand =>
    typeof operand === 'string'
      ? values => values.some(value => String(value).toLowerCase().startsWith(operand.toLowerCase()))
      : undefined,
};

/** The values at a dotted path; the keys of annotations and labels hold dots themselves. */
function valuesAt(node: unknown, path: string): unknown[] {
  if (Array.isArray(node)) {
    return node.flatMap(item => valuesAt(item, path));
  }
  if (path === '') {
    return node === undefined || node === null ? [] : [node];
  }
  if (typeof node !== 'object' || node === null) {
    return [];
  }
  return Object.entries(node).flatMap(([key, value]) => {
    const lower = key.toLowerCase();
    const rest = path.toLowerCase();
    if (rest === lower) {
      return valuesAt(value, '');
    }
    return rest.startsWith(`${lower}.`) ? valuesAt(value, path.slice(key.length + 1)) : [];
  });
}

function isSame(a: unknown, b: unknown): boolean {
  return String(a).toLowerCase() === String(b).toLowerCase();
}

function isFilled(value: unknown): boolean {
  return typeof value === 'object' && value !== null ? Object.keys(value).length > 0 : Boolean(value);
}
