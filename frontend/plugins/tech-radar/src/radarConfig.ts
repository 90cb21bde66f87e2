import * as v from 'valibot';

const source = {
  url: v.optional(v.pipe(v.string(), v.nonEmpty())),
  entity: v.optional(v.pipe(v.string(), v.regex(/^[^:/]+:[^:/]+\/[^:/]+$/, 'must be a full reference, such as resource:default/tech-radar'))),
};

/** What `page:tech-radar` may be configured with: one radar, or several by name. */
export const radarPageConfig = v.strictObject({
  ...source,
  heading: v.optional(v.string()),
  subtitle: v.optional(v.string()),
  radars: v.optional(v.record(v.string(), v.strictObject({ ...source, title: v.optional(v.string()) }))),
});

export type RadarPageConfig = v.InferOutput<typeof radarPageConfig>;
