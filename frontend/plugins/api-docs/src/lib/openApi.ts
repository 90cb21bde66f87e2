import { list, object, resolve, text, type Json } from './json';
import { exampleOf } from './schemaExample';
import { readRequirements, readSecuritySchemes, type Requirement, type SecurityScheme } from './security';

/** What a person needs of an operation to call it. */
export interface Operation {
  /** Unique in the definition. */
  id: string;
  method: string;
  path: string;
  summary: string;
  description: string;
  tag: string;
  deprecated: boolean;
  parameters: Parameter[];
  /** A body to begin with, as JSON. */
  bodyExample: string | undefined;
  bodyRequired: boolean;
  responses: { status: string; description: string; example: string | undefined }[];
  /** What it wants to know of who asks: one of these is enough, and none is needed where there are none. */
  security: Requirement[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header' | 'cookie';
  required: boolean;
  type: string;
  /** All values that it takes, where they are few. */
  choices: string[];
  description: string;
  example: string;
}

export interface OpenApi {
  title: string;
  version: string;
  description: string;
  servers: string[];
  operations: Operation[];
  securitySchemes: SecurityScheme[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'];

/** Reads an OpenAPI 3 or Swagger 2 document. Throws when it is none. */
export function readOpenApi(document: unknown): OpenApi {
  const root = object(document);
  if (!root.openapi && !root.swagger) {
    throw new Error('The definition has neither `openapi` nor `swagger` at its top, so it is no OpenAPI document.');
  }
  const info = object(root.info);
  const servers = readServers(root);
  const operations = Object.entries(object(root.paths)).flatMap(([path, item]) => {
    const pathItem = resolve(root, item);
    return METHODS.filter(method => pathItem[method] !== undefined).map(method => readOperation(root, path, method, pathItem));
  });
  return {
    title: text(info.title),
    version: text(info.version),
    description: text(info.description),
    servers,
    operations,
    securitySchemes: readSecuritySchemes(root, servers[0]),
  };
}

function readServers(root: Json): string[] {
  if (root.swagger) {
    const scheme = list(root.schemes).map(text)[0] ?? 'https';
    return root.host ? [`${scheme}://${text(root.host)}${text(root.basePath).replace(/\/$/, '')}`] : [];
  }
  return list(root.servers).flatMap(server => {
    const { url, variables } = object(server);
    const filled = text(url).replace(/\{([^}]+)\}/g, (_, name: string) => text(object(object(variables)[name]).default));
    return filled ? [filled.replace(/\/$/, '')] : [];
  });
}

function readOperation(root: Json, path: string, method: string, item: Json): Operation {
  const operation = object(item[method]);
  const all = [...list(item.parameters), ...list(operation.parameters)].map(parameter => resolve(root, parameter));
  const body = all.find(parameter => parameter.in === 'body');
  const requestBody = resolve(root, operation.requestBody);
  const schema = body?.schema ?? contentOf(requestBody).schema;
  const example = contentOf(requestBody).example ?? (schema === undefined ? undefined : exampleOf(root, schema));
  // What an operation says of a parameter replaces what the path says of it.
  const parameters = new Map(all.filter(one => one.in !== 'body').map(one => [`${text(one.in)} ${text(one.name)}`, one]));
  return {
    id: `${method} ${path}`,
    method: method.toUpperCase(),
    path,
    summary: text(operation.summary),
    description: text(operation.description),
    tag: text(list(operation.tags)[0]),
    deprecated: operation.deprecated === true,
    parameters: [...parameters.values()].map(one => readParameter(root, one)),
    bodyExample: example === undefined ? undefined : JSON.stringify(example, undefined, 2),
    bodyRequired: (body ?? requestBody).required === true,
    responses: Object.entries(object(operation.responses)).map(([status, value]) => {
      const response = resolve(root, value);
      const content = contentOf(response);
      const responseSchema = content.schema ?? response.schema;
      const shown = content.example ?? (responseSchema === undefined ? undefined : exampleOf(root, responseSchema));
      return { status, description: text(response.description), example: shown === undefined ? undefined : JSON.stringify(shown, undefined, 2) };
    }),
    // An operation that says something of it, be it an empty list, does not mean what the document says of all.
    security: readRequirements(operation.security ?? root.security),
  };
}

function readParameter(root: Json, parameter: Json): Parameter {
  const schema = resolve(root, parameter.schema ?? parameter);
  const place = text(parameter.in);
  const type = [text(schema.type) || 'any', schema.format && `(${text(schema.format)})`].filter(Boolean).join(' ');
  const choices = schema.type === 'boolean' ? ['true', 'false'] : list(schema.enum).map(String);
  const example = parameter.example ?? schema.example ?? schema.default ?? list(schema.enum)[0];
  return {
    name: text(parameter.name),
    in: place === 'path' || place === 'header' || place === 'cookie' ? place : 'query',
    required: parameter.required === true || place === 'path',
    type: list(schema.enum).length > 0 ? choices.join(' | ') : type,
    choices,
    description: text(parameter.description),
    example: example === undefined || example === null ? '' : String(example),
  };
}

/** The JSON among the contents of a body or response, else the first. */
function contentOf(body: Json): Json {
  const content = object(body.content);
  const key = Object.keys(content).find(type => /json/.test(type)) ?? Object.keys(content)[0];
  return object(key && content[key]);
}
