import * as v from 'valibot';
import { describe, expect, it, vi } from 'vitest';
import { worldClocksSchema } from './cardSchemas';
import { greetingAt } from './greeting';
import { arrangeCards, DEFAULT_LAYOUT, isWide, withCard, withOtherWidth, withoutCards, type HomeLayout } from './homeLayout';
import { isBelow } from './visits';
import { isTimeZone, placeName, placeTime } from './worldClock';

const card = (id: string, params = {}) => ({ id, params });
const cards = [card('logo', { fixed: true }), card('a'), card('news', { fixed: true }), card('b', { wide: true }), card('c', { shown: false })];
const layout = (changed: Partial<HomeLayout>): HomeLayout => ({ ...DEFAULT_LAYOUT, ...changed });
const idsOf = (list: readonly { id: string }[]) => list.map(({ id }) => id);

describe('the layout', () => {
  it('has fixed cards where configuration has them, whatever a person does with the others', () => {
    expect(idsOf(arrangeCards(cards, DEFAULT_LAYOUT).shown)).toEqual(['logo', 'a', 'news', 'b']);
    const arranged = arrangeCards(cards, layout({ order: ['c', 'b'], added: ['c'], hidden: ['logo'] }));
    expect(idsOf(arranged.shown)).toEqual(['logo', 'c', 'news', 'b', 'a']);
    const nothing = arrangeCards(cards, withoutCards(DEFAULT_LAYOUT, ['a', 'b'], ['a', 'b']));
    expect(idsOf(nothing.shown)).toEqual(['logo', 'news']);
    expect(idsOf(nothing.hidden)).toEqual(['a', 'b', 'c']);
  });

  it('takes cards that are not shown by themselves once they are added, and only then', () => {
    const added = withCard(DEFAULT_LAYOUT, ['a', 'b'], card('c'));
    expect(idsOf(arrangeCards(cards, added).shown).at(-1)).toBe('c');
    expect(idsOf(arrangeCards(cards, withoutCards(added, ['a', 'b', 'c'], ['c'])).hidden)).toEqual(['c']);
  });

  it('turns the width that a card has by itself, and back', () => {
    const [, narrow, , wide] = cards as [unknown, (typeof cards)[0], unknown, (typeof cards)[0]];
    for (const one of [narrow, wide]) {
      const before = isWide(one, DEFAULT_LAYOUT);
      const turned = withOtherWidth(DEFAULT_LAYOUT, one);
      expect(isWide(one, turned)).toBe(!before);
      expect(isWide(one, withOtherWidth(turned, one))).toBe(before);
    }
  });
});

describe('a clock elsewhere', () => {
  const now = new Date('2026-03-10T20:30:00Z');

  it.each([
    ['Asia/Tokyo', { ahead: 9, days: 1, isNight: true }],
    ['Asia/Kolkata', { ahead: 5.5, days: 1, isNight: true }],
    ['America/New_York', { ahead: -4, days: 0, isNight: false }],
    ['UTC', { ahead: 0, days: 0, isNight: true }],
  ])('in %s is compared with the one here', (timeZone, expected) => {
    expect(placeTime(now, timeZone, 'UTC')).toEqual(expected);
  });

  it('knows yesterday, across the end of a year too', () => {
    expect(placeTime(new Date('2027-01-01T03:00:00Z'), 'America/New_York', 'UTC')).toEqual({ ahead: -5, days: -1, isNight: true });
  });

  it('is called by its city, and only of zones that there are', () => {
    expect(placeName('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
    expect(['Europe/Berlin', 'Atlantis', ''].map(isTimeZone)).toEqual([true, false, false]);
  });

  it('is in a time zone that there is where nobody chose one, which is not looked up while the app starts', () => {
    const lookUp = vi.spyOn(Intl, 'DateTimeFormat');
    const { clocks } = v.parse(worldClocksSchema, {});
    expect(lookUp).not.toHaveBeenCalled();
    lookUp.mockRestore();
    expect(clocks.length).toBeGreaterThan(0);
    expect(v.parse(worldClocksSchema, { clocks })).toEqual({ clocks });
  });
});

it('greets by the hour', () => {
  expect([4, 5, 11, 12, 17, 18, 23].map(greetingAt)).toEqual(['evening', 'morning', 'morning', 'afternoon', 'afternoon', 'evening', 'evening']);
});

it('knows what is below a path', () => {
  expect(isBelow('/settings/auth', '/settings')).toBe(true);
  expect(isBelow('/settings', '/settings/')).toBe(true);
  expect(isBelow('/settings-of-all', '/settings')).toBe(false);
});
