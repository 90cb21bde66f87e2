import * as v from 'valibot';

/**
 * What `entity-content:api-docs` may be configured with: through which route of the proxy a server of a definition is
 * reached for trying it out, such as `https://api.example.com: /orders`.
 */
export const definitionConfig = v.strictObject({
  servers: v.optional(v.record(v.string(), v.pipe(v.string(), v.startsWith('/')))),
});

export type DefinitionConfig = v.InferOutput<typeof definitionConfig>;
