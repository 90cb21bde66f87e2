import * as v from 'valibot';

const text = v.pipe(v.string(), v.nonEmpty('must not be empty'));

/** What `nav-item:org/my-groups` may be configured with. */
export const myGroupsConfig = v.strictObject({
  /** What the entry is called for those who are in one group only; `title` is for several. */
  singular: v.optional(text),
  /** Only groups of these types, such as `team`. */
  types: v.optional(v.pipe(v.array(text), v.minLength(1, 'must name a type'))),
});

export type MyGroupsConfig = v.InferOutput<typeof myGroupsConfig>;
