import { DEFAULT_NAMESPACE, type Entity } from './entity';

/** The three parts that identify an entity. */
export interface CompoundEntityRef {
  kind: string;
  namespace: string;
  name: string;
}

/** What stands in for the parts a reference leaves out. */
export interface EntityRefContext {
  defaultKind?: string;
  defaultNamespace?: string;
}

/**
 * Parses `[<kind>:][<namespace>/]<name>`. The first colon ends the kind unless a slash comes before it.
 * Throws a `TypeError` when a part is present but empty, or when no kind is known at all.
 */
export function parseEntityRef(
  ref: string | { kind?: string; namespace?: string; name: string },
  context: EntityRefContext = {},
): CompoundEntityRef {
  return typeof ref === 'string' ? parseText(ref, context) : complete(ref, context);
}

function parseText(ref: string, context: EntityRefContext): CompoundEntityRef {
  if (!ref) {
    throw new TypeError('Entity reference must not be empty');
  }
  const colon = ref.indexOf(':');
  const slash = ref.indexOf('/');
  const hasKind = colon !== -1 && (slash === -1 || colon < slash);
  const rest = hasKind ? ref.slice(colon + 1) : ref;
  const split = rest.indexOf('/');
  const kind = hasKind ? ref.slice(0, colon) : context.defaultKind;
  const namespace = split === -1 ? (context.defaultNamespace ?? DEFAULT_NAMESPACE) : rest.slice(0, split);
  const name = split === -1 ? rest : rest.slice(split + 1);
  if (!namespace || !name || (hasKind && !kind)) {
    throw new TypeError(`Entity reference "${ref}" was not on the form [<kind>:][<namespace>/]<name>`);
  }
  if (!kind) {
    throw new TypeError(
      `Entity reference "${ref}" had missing or empty kind (e.g. did not start with "component:" or similar)`,
    );
  }
  return { kind, namespace, name };
}

function complete(ref: { kind?: string; namespace?: string; name: string }, context: EntityRefContext): CompoundEntityRef {
  const { kind = context.defaultKind, namespace = context.defaultNamespace ?? DEFAULT_NAMESPACE, name } = ref;
  if (!kind || !namespace || !name) {
    throw new TypeError(`Entity reference ${JSON.stringify(ref)} needs a kind, a namespace and a name`);
  }
  return { kind, namespace, name };
}

/** The reference of an entity or of its parts, in the normalised form `kind:namespace/name`. */
export function stringifyEntityRef(
  ref: Entity | { kind: string; namespace?: string; name: string },
): string {
  const parts = 'metadata' in ref ? getCompoundEntityRef(ref) : ref;
  return `${lower(parts.kind)}:${lower(parts.namespace ?? DEFAULT_NAMESPACE)}/${lower(parts.name)}`;
}

/** The parts of an entity's reference, spelled as the entity spells them. */
export function getCompoundEntityRef(entity: Entity): CompoundEntityRef {
  return {
    kind: entity.kind,
    namespace: entity.metadata.namespace ?? DEFAULT_NAMESPACE,
    name: entity.metadata.name,
  };
}

/** The shortest text that still says which entity is meant, given what the reader takes for granted: no namespace, where that is `false`. */
export function humanizeEntityRef(
  ref: string | Entity | CompoundEntityRef,
  context: { defaultKind?: string; defaultNamespace?: string | false } = {},
): string {
  const parts = typeof ref === 'string' ? tryParse(ref) : 'metadata' in ref ? getCompoundEntityRef(ref) : ref;
  if (!parts) {
    return String(ref);
  }
  const { defaultKind, defaultNamespace = DEFAULT_NAMESPACE } = context;
  const isKnownNamespace = defaultNamespace !== false && lower(parts.namespace) === lower(defaultNamespace);
  const namespace = isKnownNamespace ? '' : `${parts.namespace}/`;
  const kind = defaultKind && lower(defaultKind) === lower(parts.kind) ? '' : `${lower(parts.kind)}:`;
  return `${kind}${namespace}${parts.name}`;
}

/** The parts of a full reference, or `undefined` where the text is not one. */
export function tryParse(ref: string, context?: EntityRefContext): CompoundEntityRef | undefined {
  try {
    return parseEntityRef(ref, context);
  } catch {
    return undefined;
  }
}

function lower(text: string): string {
  return text.toLowerCase();
}
