import { closestWord } from '../lib/closestWord';
import { inPlainWords, settingsAt } from './valibotSchema';

/**
 * A schema of any library that keeps to the Standard Schema interface, such as Valibot or Zod. Only what is needed of
 * it here; see https://standardschema.dev.
 */
export interface ConfigSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    validate(value: unknown): SchemaResult<Output> | Promise<SchemaResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
  };
}

type SchemaResult<Output> = { readonly value: Output; readonly issues?: undefined } | { readonly issues: readonly SchemaIssue[] };

/** One thing that a schema finds wrong. */
export interface SchemaIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { key: PropertyKey })[];
}

/** Says where a configuration is wrong, and how: a sentence for each place. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly problems: readonly string[]) {
    super(problems.join('; '));
  }
}

/**
 * The value as the schema makes it, defaults filled in; undefined where there is no schema, which allows no settings.
 * Throws a `ConfigError` that names each place that is wrong. `at` is the value's own place in the configuration, such as
 * `app.extensions[3].page:catalog.config`, and `others` are settings beside the schema's.
 */
export function parseConfig<Output>(
  schema: ConfigSchema<Output> | undefined,
  value: object,
  { at, others = [] }: { at: string; others?: readonly string[] },
): Output | undefined {
  if (!schema) {
    const strange = Object.keys(value);
    if (strange.length > 0) {
      throw new ConfigError(strange.map(key => `${at}.${key}: ${unknownSetting(key, others)}`));
    }
    return undefined;
  }
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) {
    throw new Error('The schema of a configuration must not be asynchronous');
  }
  if (result.issues) {
    throw new ConfigError(result.issues.map(issue => problemOf(issue, schema, at, others)));
  }
  return result.value;
}

function problemOf(issue: SchemaIssue, schema: ConfigSchema, at: string, others: readonly string[]): string {
  const path = (issue.path ?? []).map(part => (typeof part === 'object' ? part.key : part));
  const place = at + path.map(key => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`)).join('');
  if (schema['~standard'].vendor !== 'valibot') {
    return `${place}: ${issue.message}`;
  }
  const words = inPlainWords(issue);
  if (words !== 'unknown') {
    return `${place}: ${words}`;
  }
  const known = settingsAt(schema, path.slice(0, -1));
  return `${place}: ${unknownSetting(String(path.at(-1)), path.length > 1 ? known : [...others, ...known])}`;
}

function unknownSetting(key: string, known: readonly string[]): string {
  const closest = closestWord(key, known);
  return [
    `there is no setting '${key}'`,
    ...(closest ? [`; did you mean '${closest}'?`] : []),
    ...(known.length > 0 ? [`${closest ? ' There' : '; there'} are ${known.join(', ')}`] : []),
  ].join('');
}
