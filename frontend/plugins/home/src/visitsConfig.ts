import * as v from 'valibot';

const path = v.pipe(v.string(), v.regex(/^\/[^?#\s]*$/, 'must be a path that starts with /'));

/** What `plugin:home` may be configured with. */
export const visitsConfig = v.strictObject({
  visits: v.optional(
    v.strictObject({
      /** Pages that are not counted, with all below them. */
      ignore: v.optional(v.array(path), []),
    }),
    {},
  ),
});

export type VisitsConfig = v.InferOutput<typeof visitsConfig>;
