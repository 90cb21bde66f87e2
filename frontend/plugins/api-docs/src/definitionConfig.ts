import * as v from 'valibot';

/**
 * What `entity-content:api-docs` may be configured with: through which route of the proxy a server of a definition is
 * reached for trying it out, such as `https://api.example.com: /orders`; and as which client the portal asks for tokens, by
 * the address in the definition that gives them (`tokenUrl`; `openIdConnectUrl`; `authorizationUrl` of implicit flows), such as
 * `https://login.example.com/token: portal`.
 */
export const definitionConfig = v.strictObject({
  servers: v.optional(v.record(v.string(), v.pipe(v.string(), v.startsWith('/')))),
  clientIds: v.optional(v.record(v.string(), v.string())),
});

export type DefinitionConfig = v.InferOutput<typeof definitionConfig>;
