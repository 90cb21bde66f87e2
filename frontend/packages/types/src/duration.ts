/** A length of time as people write it; its parts add up. */
export type HumanDuration = {
  years?: number;
  months?: number;
  weeks?: number;
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
  milliseconds?: number;
};

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const MILLISECONDS: Readonly<Record<keyof HumanDuration, number>> = {
  years: 365 * DAY_MS,
  months: 30 * DAY_MS,
  weeks: 7 * DAY_MS,
  days: DAY_MS,
  hours: HOUR_MS,
  minutes: MINUTE_MS,
  seconds: SECOND_MS,
  milliseconds: 1,
};

/** How long it is, with months of 30 and years of 365 days. */
export function durationToMilliseconds(duration: HumanDuration): number {
  return Object.entries(MILLISECONDS).reduce((sum, [unit, milliseconds]) => sum + (duration[unit as keyof HumanDuration] ?? 0) * milliseconds, 0);
}
