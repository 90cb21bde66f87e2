import type { AuditQuery } from '../api/types';

const HOUR = 3_600_000;

/** How far back is looked, in milliseconds; without end where there is no number. */
export const PERIODS = { all: undefined, hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const;
export type Period = keyof typeof PERIODS;

/** Which part of the log is shown, as the page's address has it. */
export interface AuditState {
  actor: string;
  action: string;
  period: Period;
  /** Where each page after the first begins. Cursors lead forwards only, so all of the way is kept. */
  cursors: string[];
}

/** Reads the address. */
export function readAuditState(params: URLSearchParams): AuditState {
  const period = params.get('period') ?? '';
  return {
    actor: params.get('actor') ?? '',
    action: params.get('action') ?? '',
    period: Object.hasOwn(PERIODS, period) ? (period as Period) : 'all',
    cursors: params.getAll('after'),
  };
}

/** Writes the address; what is as it is without being said is left out. */
export function writeAuditState({ actor, action, period, cursors }: AuditState): URLSearchParams {
  const said = Object.entries({ actor, action, period: period === 'all' ? '' : period }).filter(([, value]) => value !== '');
  return new URLSearchParams([...said, ...cursors.map(cursor => ['after', cursor])] as [string, string][]);
}

/** What is asked of the log. The beginning of a period is a whole minute, so that asking again asks the same. */
export function auditQuery({ actor, action, period, cursors }: AuditState, now: Date): AuditQuery {
  const length = PERIODS[period];
  const since = length === undefined ? undefined : new Date(Math.floor((now.getTime() - length) / 60_000) * 60_000).toISOString();
  return { actor: actor.trim(), action: action.trim(), since, cursor: cursors.at(-1) };
}
