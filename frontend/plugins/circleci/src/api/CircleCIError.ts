import type { Messages } from '../translation';

/** A refusal by CircleCI, or by the portal on the way there, in words that say what to do. */
export class CircleCIError extends Error {
  override readonly name = 'CircleCIError';

  constructor(
    message: string,
    readonly status: number,
    readonly request: { method: string; path: string },
    /** After how many seconds another try makes sense. */
    readonly retryAfterSeconds: number | undefined,
    /** The portal answered itself, and did not reach CircleCI. */
    readonly isPortal = false,
  ) {
    super(message);
  }

  static async fromResponse(response: Response, method: string, path: string, messages: Messages): Promise<CircleCIError> {
    const { text, isPortal } = await readMessage(response);
    const seconds = Number(response.headers.get('retry-after')) || undefined;
    const known = isPortal ? undefined : messages.errors[response.status as keyof typeof messages.errors];
    const message = typeof known === 'function' ? known(seconds) : (known ?? text ?? messages.unknownError(response.status));
    return new CircleCIError(message, response.status, { method, path }, seconds, isPortal);
  }
}

/** Whether the portal is not connected to CircleCI: it has no endpoint for it, or a token that CircleCI does not take. */
export function isUnconnected(error: unknown): error is CircleCIError {
  return error instanceof CircleCIError && (error.isPortal ? error.status === 404 : error.status === 401);
}

/** Whether other projects fare no better: the portal asks too much, or CircleCI is down. */
export function isRefusalOfAll(error: unknown): boolean {
  return error instanceof CircleCIError && (error.status === 429 || error.status >= 500);
}

/** The portal's own errors have a name; CircleCI's have a message only. */
async function readMessage(response: Response): Promise<{ text: string | undefined; isPortal: boolean }> {
  try {
    const body = (await response.json()) as { message?: string; error?: { name?: string; message?: string } } | undefined;
    return { text: body?.error?.message ?? body?.message, isPortal: body?.error?.name !== undefined };
  } catch {
    return { text: undefined, isPortal: false };
  }
}
