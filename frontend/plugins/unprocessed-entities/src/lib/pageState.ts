import type { UnprocessedReason } from '@callboard/catalog-client';

export const REASONS: readonly UnprocessedReason[] = ['failed', 'conflict', 'pending'];

/** What is shown, as the page's address has it. */
export interface PageState {
  reason: UnprocessedReason;
  /** Where each page after the first begins. Cursors lead forwards only, so all of the way is kept. */
  cursors: string[];
}

/** Reads the address; a reason that there is none of is the first. */
export function readPageState(params: URLSearchParams): PageState {
  const reason = REASONS.find(one => one === params.get('reason')) ?? 'failed';
  return { reason, cursors: params.getAll('after') };
}

/** Writes the address. */
export function writePageState({ reason, cursors }: PageState): URLSearchParams {
  return new URLSearchParams([['reason', reason], ...cursors.map(cursor => ['after', cursor])]);
}
