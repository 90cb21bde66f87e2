/** Why an entity is not there, or not as its source has it. */
export type Reason = 'failed' | 'conflict' | 'pending';

export const REASONS: readonly Reason[] = ['failed', 'conflict', 'pending'];

/** What is shown, as the page's address has it. */
export interface PageState {
  reason: Reason;
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
