import * as v from 'valibot';
import { cardProblems } from '../translation';
import { isTimeZone } from './worldClock';

/** So many rows a card has unless somebody says otherwise. */
export const ROWS = 8;
export const MAX_ROWS = 20;
export const MAX_CLOCKS = 12;
export const MAX_TOOLS = 24;

const text = v.pipe(v.string(), v.trim(), v.nonEmpty(cardProblems.empty), v.maxLength(80, cardProblems.long));

/** A path of the portal, or an address elsewhere that a browser opens. */
const address = v.pipe(v.string(), v.trim(), v.check(isAddress, cardProblems.address));

function isAddress(value: string): boolean {
  return /^\/(?!\/)/.test(value) || (/^(https?|mailto):/i.test(value) && URL.canParse(value));
}

/** What a picture may be: a file of the portal, one elsewhere that `backend.csp` lets in, or the picture itself. */
const picture = v.pipe(v.string(), v.regex(/^(\/(?!\/)|https?:\/\/|data:image\/)/, cardProblems.picture));

const rowCount = v.pipe(v.number(cardProblems.rows), v.integer(cardProblems.rows), v.minValue(1, cardProblems.rows), v.maxValue(MAX_ROWS, cardProblems.rows));

/** A card with a list: how long it is. */
export const listSchema = v.strictObject({ rows: v.optional(rowCount, ROWS) });
export type ListSettings = v.InferOutput<typeof listSchema>;

const clock = v.strictObject({
  name: v.optional(text),
  timeZone: v.optional(v.pipe(v.string(), v.trim(), v.check(isTimeZone, cardProblems.timeZone)), ''),
});
/** Clocks of where many companies have people. */
const CLOCKS: v.InferOutput<typeof clock>[] = [{ timeZone: 'UTC' }, { timeZone: 'America/New_York' }, { timeZone: 'Europe/London' }, { timeZone: 'Asia/Tokyo' }];
export const worldClocksSchema = v.pipe(
  v.strictObject({ clocks: v.optional(v.pipe(v.array(clock), v.maxLength(MAX_CLOCKS, cardProblems.clocks))) }),
  // No default of the schema, which would be checked whenever the app starts: the first time zone that a browser is asked for costs it 10 ms.
  v.transform(({ clocks = CLOCKS }) => ({ clocks })),
);
export type WorldClocksSettings = v.InferOutput<typeof worldClocksSchema>;

const tool = v.strictObject({ title: v.optional(text, ''), url: v.optional(address, ''), icon: v.optional(v.string()) });
export const toolkitSchema = v.strictObject({ tools: v.optional(v.pipe(v.array(tool), v.maxLength(MAX_TOOLS, cardProblems.tools)), []) });
export type ToolkitSettings = v.InferOutput<typeof toolkitSchema>;

export const quickStartSchema = v.strictObject({
  heading: v.optional(text),
  text: v.optional(v.string()),
  image: v.optional(picture),
  /** On dark pages. */
  imageDark: v.optional(picture),
  /** Without any: the ways to the catalog, to its import and to the settings. */
  links: v.optional(v.array(tool)),
});
export type QuickStartConfig = v.InferOutput<typeof quickStartSchema>;

export const companyLogoSchema = v.strictObject({
  /** Without one there is no card. */
  image: v.optional(picture),
  imageDark: v.optional(picture),
  /** What those hear who do not see it; the organisation's name by itself. */
  alt: v.optional(text),
  url: v.optional(address),
});
export type CompanyLogoConfig = v.InferOutput<typeof companyLogoSchema>;
