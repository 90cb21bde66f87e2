import {
  buildClientSchema,
  GraphQLError,
  parse,
  print,
  printSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type IntrospectionQuery,
  type TypeNode,
} from 'graphql';
import { DocumentError, groupsOf, type GroupName, type SchemaDocument, type SchemaEntry, type SchemaMember, type TypePart } from './schema';

const ROOTS = { query: 'queries', mutation: 'mutations', subscription: 'subscriptions' } as const;

const GROUPS: Readonly<Record<string, readonly [GroupName, keyword: string]>> = {
  ObjectType: ['objects', 'type'],
  InputObjectType: ['inputs', 'input'],
  EnumType: ['enums', 'enum'],
  InterfaceType: ['interfaces', 'interface'],
  UnionType: ['unions', 'union'],
  ScalarType: ['scalars', 'scalar'],
  Directive: ['directives', 'directive'],
};

/** Reads a GraphQL schema, as a text of types or as the answer to an introspection. Types that it does not declare are no mistake. */
export function readGraphQl(source: string): SchemaDocument {
  const { definitions } = parseSchema(source);
  const known = new Set(definitions.flatMap(definition => ('name' in definition && definition.name ? definition.name.value : [])));
  const roots = rootsOf(definitions);
  const entries = new Map<string, readonly [GroupName, SchemaEntry]>();
  for (const definition of definitions) {
    const [kind = '', isPart] = kindOf(definition);
    const group = GROUPS[kind];
    if (!group || !('name' in definition) || !definition.name) {
      continue;
    }
    const name = definition.name.value;
    const id = kind === 'Directive' ? `@${name}` : name;
    const more = readDefinition(definition, known);
    const before = entries.get(id)?.[1];
    // What extends a type belongs to it, wherever it stands.
    const entry: SchemaEntry = {
      id,
      name: id,
      keyword: before && isPart ? before.keyword : group[1],
      description: before?.description || more.description,
      deprecated: undefined,
      types: [...(before?.types ?? []), ...more.types],
      members: [...(before?.members ?? []), ...more.members],
    };
    entries.set(id, [roots.get(name) ?? group[0], entry]);
  }
  if (entries.size === 0) {
    throw new DocumentError('The definition declares no types, so it is no GraphQL schema.', source, undefined);
  }
  return { facts: [], groups: groupsOf([...entries.values()]) };
}

function parseSchema(source: string): DocumentNode {
  try {
    const isAnswer = /^\s*\{/.test(source) && /"__schema"/.test(source);
    return parse(isAnswer ? fromAnswer(source) : source, { noLocation: true });
  } catch (error) {
    const place = error instanceof GraphQLError ? error.locations?.[0] : undefined;
    throw new DocumentError(error instanceof Error ? error.message : String(error), source, place?.line, place?.column);
  }
}

function fromAnswer(source: string): string {
  const answer = JSON.parse(source) as { data?: IntrospectionQuery } & IntrospectionQuery;
  return printSchema(buildClientSchema(answer.data ?? answer));
}

/** Which types are asked: those that the schema names, or those that are called so. */
function rootsOf(definitions: readonly DefinitionNode[]): Map<string, GroupName> {
  const named = definitions.flatMap(definition =>
    definition.kind === 'SchemaDefinition' || definition.kind === 'SchemaExtension'
      ? (definition.operationTypes ?? []).map(({ operation, type }): [string, GroupName] => [type.name.value, ROOTS[operation]])
      : [],
  );
  return new Map(named.length > 0 ? named : [['Query', 'queries'], ['Mutation', 'mutations'], ['Subscription', 'subscriptions']]);
}

/** `ObjectType` of both its definition and its extensions. */
function kindOf({ kind }: DefinitionNode): [kind: string | undefined, isPart: boolean] {
  const [, name, form] = /^(\w+?)(Definition|Extension)$/.exec(kind) ?? [];
  return [name, form === 'Extension'];
}

function readDefinition(definition: DefinitionNode, known: ReadonlySet<string>): Pick<SchemaEntry, 'description' | 'types' | 'members'> {
  const description = 'description' in definition ? (definition.description?.value ?? '') : '';
  const link = (name: string): TypePart[] => [{ text: name, to: known.has(name) ? name : undefined }];
  switch (definition.kind) {
    case 'ObjectTypeDefinition':
    case 'ObjectTypeExtension':
    case 'InterfaceTypeDefinition':
    case 'InterfaceTypeExtension':
      return {
        description,
        types: (definition.interfaces ?? []).map(({ name }) => link(name.value)),
        members: (definition.fields ?? []).map(field => readField(field, known)),
      };
    case 'InputObjectTypeDefinition':
    case 'InputObjectTypeExtension':
      return { description, types: [], members: (definition.fields ?? []).map(field => readInput(field, known)) };
    case 'EnumTypeDefinition':
    case 'EnumTypeExtension':
      return {
        description,
        types: [],
        members: (definition.values ?? []).map(value => member(value.name.value, value.description?.value, value.directives, [])),
      };
    case 'UnionTypeDefinition':
    case 'UnionTypeExtension':
      return { description, types: (definition.types ?? []).map(({ name }) => link(name.value)), members: [] };
    case 'DirectiveDefinition':
      return {
        description,
        types: definition.locations.map(({ value }) => [{ text: value }]),
        members: (definition.arguments ?? []).map(argument => readInput(argument, known)),
      };
    default:
      return { description, types: [], members: [] };
  }
}

function readField(field: FieldDefinitionNode, known: ReadonlySet<string>): SchemaMember {
  return {
    ...member(field.name.value, field.description?.value, field.directives, typeParts(field.type, known)),
    args: (field.arguments ?? []).map(argument => readInput(argument, known)),
  };
}

function readInput(input: InputValueDefinitionNode, known: ReadonlySet<string>): SchemaMember {
  return {
    ...member(input.name.value, input.description?.value, input.directives, typeParts(input.type, known)),
    initial: input.defaultValue && print(input.defaultValue),
  };
}

function member(name: string, description: string | undefined, directives: readonly ConstDirectiveNode[] | undefined, type: TypePart[]): SchemaMember {
  const deprecated = directives?.find(directive => directive.name.value === 'deprecated');
  const reason = deprecated?.arguments?.find(argument => argument.name.value === 'reason')?.value;
  return {
    name,
    description: description ?? '',
    deprecated: deprecated && (reason?.kind === 'StringValue' ? reason.value : ''),
    type,
    args: [],
    marks: [],
  };
}

function typeParts(type: TypeNode, known: ReadonlySet<string>): TypePart[] {
  switch (type.kind) {
    case 'NonNullType':
      return [...typeParts(type.type, known), { text: '!' }];
    case 'ListType':
      return [{ text: '[' }, ...typeParts(type.type, known), { text: ']' }];
    default:
      return [{ text: type.name.value, to: known.has(type.name.value) ? type.name.value : undefined }];
  }
}
