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

type SchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly (PropertyKey | { key: PropertyKey })[] }[] };

/** The value as the schema makes it, defaults filled in. Throws an error that names each place that is wrong. */
export function parseConfig<Output>(schema: ConfigSchema<Output>, value: unknown): Output {
  const result = schema['~standard'].validate(value);
  if (result instanceof Promise) {
    throw new Error('The schema of a configuration must not be asynchronous');
  }
  if (result.issues) {
    const lines = result.issues.map(({ message, path = [] }) => {
      const place = path.map(part => String(typeof part === 'object' ? part.key : part)).join('.');
      return place ? `${place}: ${message}` : message;
    });
    throw new Error(lines.join('; '));
  }
  return result.value;
}
