import * as v from 'valibot';

/** The parts of the page, in the order of their tabs. */
export const TABS = ['health', 'proxy', 'catalog', 'audit'] as const;
export type TabId = (typeof TABS)[number];

/** What `page:admin` may be configured with. */
export const adminPageConfig = v.strictObject({
  /** Which tabs there are, and in which order. The first is the page's own. */
  tabs: v.optional(v.pipe(v.array(v.picklist(TABS)), v.minLength(1), v.check(tabs => new Set(tabs).size === tabs.length, 'must not name a tab twice')), [...TABS]),
  /** How often, in seconds, health and usage are read again. */
  refreshSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5), v.maxValue(3600)), 30),
});

export type AdminPageConfig = v.InferOutput<typeof adminPageConfig>;
