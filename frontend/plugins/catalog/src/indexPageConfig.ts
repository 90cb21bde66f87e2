import * as v from 'valibot';

const word = v.pipe(v.string(), v.nonEmpty(), v.toLowerCase());

/** What `page:catalog` may be configured with, by Backstage's names: what its table begins with where the address says nothing. */
export const indexPageConfig = v.strictObject({
  /** Which list. What one owns stands for everything where one owns nothing. */
  initiallySelectedFilter: v.optional(v.picklist(['owned', 'starred', 'all']), 'owned'),
  /** A kind, or `all`. */
  initialKind: v.optional(word, 'component'),
  initiallySelectedNamespaces: v.optional(v.array(word), []),
});

export type IndexPageConfig = v.InferOutput<typeof indexPageConfig>;
