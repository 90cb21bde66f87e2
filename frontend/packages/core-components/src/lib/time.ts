/** Units, and from how many of them on they are used: "9 days ago" says more than "last week". */
const UNITS: [unit: Intl.RelativeTimeFormatUnit, milliseconds: number, atLeast: number][] = [
  ['year', 31_557_600_000, 2],
  ['month', 2_629_800_000, 2],
  ['week', 604_800_000, 2],
  ['day', 86_400_000, 1],
  ['hour', 3_600_000, 1],
  ['minute', 60_000, 1],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const exact = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'long' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' });

/** `3 hours ago`, `in 2 days`, `now`. */
export function formatRelative(date: Date, now: Date): string {
  const difference = date.getTime() - now.getTime();
  for (const [unit, milliseconds, atLeast] of UNITS) {
    if (Math.abs(difference) >= atLeast * milliseconds) {
      return relative.format(Math.trunc(difference / milliseconds), unit);
    }
  }
  return Math.abs(difference) < 10_000 ? 'now' : relative.format(Math.trunc(difference / 1000), 'second');
}

/** The moment with its time zone. */
export function formatExact(date: Date): string {
  return exact.format(date);
}

/** `3 Nov 2025`. */
export function formatDay(date: Date): string {
  return day.format(date);
}

/** How long something took, the same everywhere: `4.2 ms`, `840 ms`, `1.4 s`, `3 min 12 s`, `2 h 5 min`. */
export function formatDuration(milliseconds: number): string {
  const passed = Math.max(0, milliseconds);
  if (Math.round(passed) < 1000) {
    return `${withTenths(passed)} ms`;
  }
  if (passed < 59_500) {
    return `${withTenths(passed / 1000)} s`;
  }
  const seconds = Math.round(passed / 1000);
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min ${seconds % 60} s`;
}

/** Of small numbers a tenth matters. */
function withTenths(value: number): string {
  return String(value < 10 ? Math.round(value * 10) / 10 : Math.round(value));
}
