import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { parseConfig, type ConfigSchema } from './schema';

const schema = v.strictObject({
  heading: v.optional(v.string()),
  seconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(5)), 30),
  look: v.optional(v.picklist(['dark', 'light'])),
  tabs: v.optional(v.pipe(v.array(v.string()), v.minLength(1))),
  entity: v.optional(v.pipe(v.string(), v.startsWith('resource:', 'must be the reference of a resource'))),
  size: v.optional(v.union([v.number(), v.string()])),
  links: v.optional(v.array(v.strictObject({ url: v.pipe(v.string(), v.url()), title: v.string() }))),
  radars: v.optional(v.record(v.string(), v.strictObject({ url: v.string(), title: v.optional(v.string()) }))),
});
const PLACE = { at: 'app.extensions[3].page:radar.config', others: ['order', 'path'] };

function problems(value: object): string {
  try {
    parseConfig(schema, value, PLACE);
    return '';
  } catch (error) {
    return (error as Error).message.replaceAll(PLACE.at, '…');
  }
}

it('gives the value as the schema makes it', () => {
  expect(parseConfig(schema, { heading: 'Radar' }, PLACE)).toEqual({ heading: 'Radar', seconds: 30 });
  expect(parseConfig(undefined, {}, PLACE)).toBeUndefined();
});

describe('a setting that does not exist', () => {
  const ALL = 'heading, seconds, look, tabs, entity, size, links, radars';
  it.each<[object, string]>([
    [{ headng: 1 }, `….headng: there is no setting 'headng'; did you mean 'heading'? There are order, path, ${ALL}`],
    [{ Path: '/x' }, `….Path: there is no setting 'Path'; did you mean 'path'? There are order, path, ${ALL}`],
    [{ colour: 'red' }, `….colour: there is no setting 'colour'; there are order, path, ${ALL}`],
    [{ radars: { main: { url: 'x', titel: 'y' } } }, "….radars.main.titel: there is no setting 'titel'; did you mean 'title'? There are url, title"],
    [{ links: [{ url: 'https://x', title: 'x', icon: 1 }] }, "….links[0].icon: there is no setting 'icon'; there are url, title"],
  ])('%j', (value, problem) => expect(problems(value)).toBe(problem));

  it('is none of an extension without settings of its own', () => {
    expect(() => parseConfig(undefined, { paht: 1 }, PLACE)).toThrow(
      "app.extensions[3].page:radar.config.paht: there is no setting 'paht'; did you mean 'path'? There are order, path",
    );
  });
});

describe('a value that does not fit', () => {
  it.each<[object, string]>([
    [{ seconds: 'abc' }, '….seconds: must be a number, got "abc"'],
    [{ seconds: 1.5 }, '….seconds: must be a valid integer, got 1.5; ….seconds: must be at least 5, got 1.5'],
    [{ heading: { text: 'x' } }, '….heading: must be a text, got {"text":"x"}'],
    [{ heading: null }, '….heading: must be a text, got null'],
    [{ look: 'drak' }, '….look: must be "dark" or "light", got "drak"'],
    [{ tabs: [] }, '….tabs: must not be empty, got []'],
    [{ tabs: 'a' }, '….tabs: must be a list, got "a"'],
    [{ tabs: ['a', 2] }, '….tabs[1]: must be a text, got 2'],
    [{ size: true }, '….size: must be a number or a text, got true'],
    [{ entity: 'radar' }, '….entity: must be the reference of a resource, got "radar"'],
    [{ links: [{ url: 'x' }] }, '….links[0].url: must be a valid URL, got "x"; ….links[0].title: must be set'],
    [{ radars: { main: [] } }, '….radars.main.url: must be set'],
    [{ heading: ['x'.repeat(100)] }, `….heading: must be a text, got ["${'x'.repeat(58)}…`],
  ])('%j', (value, problem) => expect(problems(value)).toBe(problem));
});

it('leaves the words of other libraries as they are', () => {
  const other: ConfigSchema = {
    '~standard': { version: 1, vendor: 'other', validate: () => ({ issues: [{ message: 'Unrecognized key: "b"', path: ['a', { key: 0 }] }, { message: 'no' }] }) },
  };
  expect(() => parseConfig(other, {}, PLACE)).toThrow(`${PLACE.at}.a[0]: Unrecognized key: "b"; ${PLACE.at}: no`);
});
