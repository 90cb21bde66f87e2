/** Units, and from how many of them on they are used: "9 days ago" says more than "last week". */
const UNITS: [unit: Intl.RelativeTimeFormatUnit, milliseconds: number, atLeast: number][] = [
  ['year', 31_557_600_000, 2],
  ['month', 2_629_800_000, 2],
  ['week', 604_800_000, 2],
  ['day', 86_400_000, 1],
  ['hour', 3_600_000, 1],
  ['minute', 60_000, 1],
];

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A duration of ISO 8601, and the units of its parts. */
const PERIOD = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const PERIOD_UNITS = ['day', 'hour', 'minute', 'second'] as const;

const DATES = {
  exact: { dateStyle: 'medium', timeStyle: 'long' },
  day: { dateStyle: 'medium' },
  dayOfYear: { day: 'numeric', month: 'short' },
  timeOfDay: { hour: '2-digit', minute: '2-digit' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/**
 * How numbers, moments and stretches of time are written, and texts ordered, in a language. What writes them takes
 * milliseconds to make, so each is made when it is first wanted.
 */
export class Formats {
  private readonly locale: string;
  private readonly numbers = new Map<string, Intl.NumberFormat>();
  private readonly dates = new Map<string, Intl.DateTimeFormat>();
  private collator?: Intl.Collator;
  private relativeTime?: Intl.RelativeTimeFormat;

  constructor(readonly language: string) {
    // English of no country has the month first and twelve hours, which everybody else misreads.
    this.locale = language === 'en' ? 'en-GB' : language;
  }

  /** Orders texts, and numbers in them by their value. */
  readonly compare = (a: string, b: string): number => {
    this.collator ??= new Intl.Collator(this.locale, { numeric: true });
    return this.collator.compare(a, b);
  };

  /** `38,000`; `0.021`. */
  readonly number = (value: number): string => (this.isWrittenSo(value) ? String(value) : this.with({}).format(value));

  /** `12`, `3.5`, `0.25`: no more digits than one reads. */
  readonly rounded = (value: number): string =>
    this.with({ maximumFractionDigits: value >= 100 ? 0 : value >= 10 ? 1 : 2 }).format(value);

  /** `12.5%` of a share from 0 to 1. */
  readonly share = (value: number): string => this.with({ style: 'percent', maximumFractionDigits: 1 }).format(value);

  /** `512 B`, `1.4 kB`, `20 MB`. */
  readonly bytes = (bytes: number): string => {
    const power = Math.min(BYTE_UNITS.length - 1, bytes < 1000 ? 0 : Math.floor(Math.log10(bytes) / 3));
    return `${this.rounded(bytes / 1000 ** power)} ${BYTE_UNITS[power]}`;
  };

  /** How long something took, the same everywhere: `4.2 ms`, `840 ms`, `1.4 s`, `3 min 12 s`, `2 h 5 min`. */
  readonly duration = (milliseconds: number): string => {
    const passed = Math.max(0, milliseconds);
    if (Math.round(passed) < 1000) {
      return `${this.withTenths(passed)} ms`;
    }
    if (passed < 59_500) {
      return `${this.withTenths(passed / 1000)} s`;
    }
    const seconds = Math.round(passed / 1000);
    const minutes = Math.floor(seconds / 60);
    const hours = Math.floor(minutes / 60);
    return hours > 0 ? `${this.number(hours)} h ${minutes % 60} min` : `${minutes} min ${seconds % 60} s`;
  };

  /** A duration of ISO 8601 in words, `30 minutes`; as it is where it is none. */
  readonly period = (text: string): string => {
    const parts = PERIOD.exec(text)?.slice(1) ?? [];
    const words = PERIOD_UNITS.flatMap((unit, index) => {
      const amount = Number(parts[index] ?? 0);
      return amount > 0 ? this.with({ style: 'unit', unit, unitDisplay: 'long' }).format(amount) : [];
    });
    return words.join(' ') || text;
  };

  /** `3 hours ago`, `in 2 days`, `now`. */
  readonly relative = (date: Date, now: Date): string => {
    const difference = date.getTime() - now.getTime();
    this.relativeTime ??= new Intl.RelativeTimeFormat(this.locale, { numeric: 'auto' });
    for (const [unit, milliseconds, atLeast] of UNITS) {
      if (Math.abs(difference) >= atLeast * milliseconds) {
        return this.relativeTime.format(Math.trunc(difference / milliseconds), unit);
      }
    }
    return this.relativeTime.format(Math.abs(difference) < 10_000 ? 0 : Math.trunc(difference / 1000), 'second');
  };

  /** The moment with its time zone. */
  readonly exact = (date: Date): string => this.at('exact').format(date);

  /** `3 Nov 2025`. */
  readonly day = (date: Date): string => this.at('day').format(date);

  /** `3 Nov`. */
  readonly dayOfYear = (date: Date): string => this.at('dayOfYear').format(date);

  /** `14:05`, here or in a time zone. */
  readonly timeOfDay = (date: Date, timeZone?: string): string => this.at('timeOfDay', timeZone).format(date);

  /** Of small numbers a tenth matters. */
  private withTenths(value: number): string {
    return this.with({ maximumFractionDigits: value < 10 ? 1 : 0 }).format(value);
  }

  /** In English a count below a thousand needs no format, whose making is the slowest part of showing a page. */
  private isWrittenSo(value: number): boolean {
    return this.language === 'en' && Number.isInteger(value) && value >= 0 && value < 1000;
  }

  private with(options: Intl.NumberFormatOptions): Intl.NumberFormat {
    const key = JSON.stringify(options);
    const format = this.numbers.get(key) ?? new Intl.NumberFormat(this.locale, options);
    this.numbers.set(key, format);
    return format;
  }

  private at(style: keyof typeof DATES, timeZone?: string): Intl.DateTimeFormat {
    const key = timeZone ? `${style} ${timeZone}` : style;
    const format = this.dates.get(key) ?? new Intl.DateTimeFormat(this.locale, { ...DATES[style], timeZone });
    this.dates.set(key, format);
    return format;
  }
}

const known = new Map<string, Formats>();

/** The formats of a language, kept once they are made. */
export function formatsOf(language: string): Formats {
  const formats = known.get(language) ?? new Formats(language);
  known.set(language, formats);
  return formats;
}

/** What the portal's own texts are written in. A text that is not translated has its numbers in English as well. */
export const english = formatsOf('en');
