const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1440;

/** Whether the browser knows a time zone of that name. */
export function isTimeZone(name: string): boolean {
  try {
    return name !== '' && Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

/** What the clocks of a place say, compared with those here. */
export interface PlaceTime {
  /** Hours, with a fraction in some places, that the clocks there are ahead. */
  ahead: number;
  /** -1 where it is yesterday, 1 where it is tomorrow. */
  days: number;
  isNight: boolean;
}

/** Compares the clocks of a time zone with those of another, or of here. */
export function placeTime(now: Date, timeZone: string, here?: string): PlaceTime {
  const there = wallMinutes(now, timeZone);
  const ours = wallMinutes(now, here);
  const dayOf = (minutes: number) => Math.floor(minutes / MINUTES_A_DAY);
  const hour = ((there % MINUTES_A_DAY) + MINUTES_A_DAY) % MINUTES_A_DAY / 60;
  return { ahead: (there - ours) / 60, days: dayOf(there) - dayOf(ours), isNight: hour < 7 || hour >= 19 };
}

/** `America/New_York` as people say it. */
export function placeName(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

/** What a clock on the wall shows, in minutes since 1970. */
function wallMinutes(now: Date, timeZone?: string): number {
  const format = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const parts = new Map(format.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  return Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute')) / MINUTE_MS;
}
