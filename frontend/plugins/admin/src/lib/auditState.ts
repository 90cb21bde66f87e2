import type { AuditQuery } from '../api/types';

const HOUR = 3_600_000;

/** How far back is looked, in milliseconds; without end where there is no number. */
export const PERIODS = { all: undefined, hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR } as const;
export type Period = keyof typeof PERIODS;

/** What people set for themselves: themes, stars, the pages they visit. It is most of what is recorded, and concerns nobody else. */
const PERSONAL = 'user-settings.';

/** Which part of the log is shown, as the page's address has it. */
export interface AuditState {
  actor: string;
  action: string;
  period: Period;
  /** Whether what people set for themselves is among it. */
  personal: boolean;
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
    personal: params.get('personal') === 'true',
    cursors: params.getAll('after'),
  };
}

/** Writes the address; what is as it is without being said is left out. */
export function writeAuditState({ actor, action, period, personal, cursors }: AuditState): URLSearchParams {
  const all = { actor, action, period: period === 'all' ? '' : period, personal: personal ? 'true' : '' };
  const said = Object.entries(all).filter(([, value]) => value !== '');
  return new URLSearchParams([...said, ...cursors.map(cursor => ['after', cursor])] as [string, string][]);
}

/** Whether some of what there is to show is left out by who, what or when. */
export function isNarrowed({ actor, action, period }: AuditState): boolean {
  return actor !== '' || action !== '' || period !== 'all';
}

/** What is asked of the log. The beginning of a period is a whole minute, so that asking again asks the same. */
export function auditQuery({ actor, action: typed, period, personal, cursors }: AuditState, now: Date): AuditQuery {
  const length = PERIODS[period];
  const since = length === undefined ? undefined : new Date(Math.floor((now.getTime() - length) / 60_000) * 60_000).toISOString();
  const action = typed.trim();
  // Who asks for them by name wants to see them.
  const notAction = personal || (action !== '' && (action.startsWith(PERSONAL) || PERSONAL.startsWith(action))) ? [] : [`${PERSONAL}*`];
  return { actor: actor.trim(), action, notAction, since, cursor: cursors.at(-1) };
}
