import protobuf, { type Enum, type Field, type Method, type NamespaceBase, type ReflectionObject, type Service, type Type } from 'protobufjs';
import { DocumentError, groupsOf, type GroupName, type SchemaDocument, type SchemaEntry, type SchemaMember, type TypePart } from './schema';

/** Reads a protobuf file. What it imports is not there, so that types of other files are no mistake. */
export function readProtobuf(source: string): SchemaDocument {
  const { root, package: name, imports } = parseFile(source);
  const prefix = name ? `.${name}.` : '.';
  const idOf = (object: ReflectionObject) => (object.fullName.startsWith(prefix) ? object.fullName.slice(prefix.length) : object.fullName.slice(1));
  const link = (from: NamespaceBase | null, type: string): TypePart => {
    const found = from?.lookup(type, [protobuf.Type, protobuf.Enum]);
    return { text: type, to: found ? idOf(found) : undefined };
  };
  const entries: (readonly [GroupName, SchemaEntry])[] = [];
  const walk = (space: NamespaceBase) => {
    for (const object of space.nestedArray) {
      const more = entryOf(object, link);
      if (more) {
        entries.push([more.group, { id: idOf(object), name: idOf(object), description: object.comment ?? '', deprecated: deprecationOf(object.options), types: [], ...more.entry }]);
      }
      if (object instanceof protobuf.Namespace) {
        walk(object);
      }
    }
  };
  walk(root);
  if (entries.length === 0) {
    throw new DocumentError('The definition declares no services and no messages, so it is no protobuf file.', source, undefined);
  }
  return {
    facts: [
      { name: 'package' as const, values: name ? [name] : [] },
      { name: 'imports' as const, values: imports ?? [] },
    ].filter(({ values }) => values.length > 0),
    groups: groupsOf(entries),
  };
}

function parseFile(source: string): protobuf.IParserResult & { root: protobuf.Root } {
  try {
    return protobuf.parse(source, new protobuf.Root(), { keepCase: true, alternateCommentMode: true }) as protobuf.IParserResult & { root: protobuf.Root };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [place, line] = /\s*\(line (\d+)\)/.exec(message) ?? [];
    throw new DocumentError(place ? `Line ${line}: ${message.replace(place, '')}` : message, source, line === undefined ? undefined : Number(line));
  }
}

type Link = (from: NamespaceBase | null, type: string) => TypePart;

/** What an object of the file is to a reader; nothing for packages. */
function entryOf(object: ReflectionObject, link: Link): { group: GroupName; entry: Pick<SchemaEntry, 'keyword' | 'members'> } | undefined {
  if (object instanceof protobuf.Service) {
    return { group: 'services', entry: { keyword: 'service', members: methodsOf(object, link) } };
  }
  if (object instanceof protobuf.Type) {
    return { group: 'messages', entry: { keyword: 'message', members: fieldsOf(object, link) } };
  }
  if (object instanceof protobuf.Enum) {
    return { group: 'enums', entry: { keyword: 'enum', members: valuesOf(object) } };
  }
  if (object instanceof protobuf.Field) {
    return { group: 'extensions', entry: { keyword: `extend ${object.extend ?? ''}`, members: [readField(object, link)] } };
  }
  return undefined;
}

function methodsOf(service: Service, link: Link): SchemaMember[] {
  return service.methodsArray.map(method => ({
    name: method.name,
    description: method.comment ?? '',
    deprecated: deprecationOf(method.options),
    type: signatureOf(method, part => link(service, part)),
    args: [],
    marks: streamsOf(method),
  }));
}

function signatureOf(method: Method, link: (type: string) => TypePart): TypePart[] {
  const side = (type: string, isStream: boolean | undefined): TypePart[] => [{ text: isStream ? '(stream ' : '(' }, link(type), { text: ')' }];
  return [...side(method.requestType, method.requestStream), { text: ' returns ' }, ...side(method.responseType, method.responseStream)];
}

function streamsOf({ requestStream, responseStream }: Method): string[] {
  return requestStream ? [responseStream ? 'bothStream' : 'clientStreams'] : responseStream ? ['serverStreams'] : [];
}

function fieldsOf(type: Type, link: Link): SchemaMember[] {
  // In the order of the file, which is not always that of their numbers.
  return type.fieldsArray.map(field => readField(field, link));
}

function readField(field: Field, link: Link): SchemaMember {
  const target = link(field.parent, field.type);
  const isOptional = field.options?.proto3_optional === true;
  const word = field.required ? 'required ' : field.repeated ? 'repeated ' : isOptional ? 'optional ' : '';
  const type = field instanceof protobuf.MapField ? [{ text: `map<${field.keyType}, ` }, target, { text: '>' }] : [{ text: word }, target];
  const initial: unknown = field.options?.default;
  return {
    name: field.name,
    description: field.comment ?? '',
    deprecated: deprecationOf(field.options),
    number: field.id,
    initial: initial === undefined ? undefined : String(initial),
    type: type.filter(({ text }) => text !== ''),
    args: [],
    marks: field.partOf && !isOptional ? [`oneof ${field.partOf.name}`] : [],
  };
}

function valuesOf({ values, comments, valuesOptions }: Enum): SchemaMember[] {
  return Object.entries(values).map(([name, number]) => ({
    name,
    description: comments[name] ?? '',
    deprecated: deprecationOf(valuesOptions?.[name] as Record<string, unknown> | undefined),
    number,
    type: [],
    args: [],
    marks: [],
  }));
}

function deprecationOf(options: Record<string, unknown> | undefined): string | undefined {
  return options?.deprecated === true ? '' : undefined;
}
