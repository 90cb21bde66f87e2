import * as v from 'valibot';

/** What `page:api-docs` may be configured with, by Backstage's name: which list the table begins with where the address says nothing. */
export const explorerConfig = v.strictObject({
  initiallySelectedFilter: v.optional(v.picklist(['owned', 'starred', 'all']), 'all'),
});

export type ExplorerConfig = v.InferOutput<typeof explorerConfig>;
