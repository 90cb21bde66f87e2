import type { Messages } from '../translation';

/** What only changes something; much is read by POST. */
const CHANGES = /^(PUT|PATCH|DELETE)$/;

/** Whether the server refuses it to this person. */
export function isDenied(error: Error): boolean {
  return (error as Error & { status?: number }).status === 403;
}

/** What a person should read of an error, and what support needs of it. */
export function describeError(error: Error, messages: Messages): { message: string; logId?: string; details: string } {
  const { status, logId, request } = error as Error & {
    status?: number;
    logId?: string;
    request?: { method?: string; path: string };
  };
  const lines = [
    `${error.name}: ${error.message}`,
    request && `${[request.method, request.path].filter(Boolean).join(' ')}${status ? ` → ${status}` : ''}`,
    logId && `${messages.error.logId} ${logId}`,
    error.stack,
  ];
  return { message: readable(error, request?.method, messages), logId, details: lines.filter(Boolean).join('\n') };
}

function readable(error: Error, method: string | undefined, messages: Messages): string {
  if (isDenied(error)) {
    return CHANGES.test(method ?? '') ? messages.error.deniedChange : messages.error.denied;
  }
  // What browsers throw when no answer came at all differs in text, never in type.
  if (error instanceof TypeError && /fetch|network|load failed/i.test(error.message)) {
    return messages.error.unreachable;
  }
  return error.message;
}
