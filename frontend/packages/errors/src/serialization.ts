import type { JsonObject, JsonValue } from '@callboard/types';
import { isError } from './assertions';

/** An error as it is sent to others. */
export type SerializedError = JsonObject & {
  name: string;
  message: string;
  stack?: string;
  code?: string;
};

/** Makes an error something to send: its name, message and cause, and what else it carries that JSON can say. */
export function serializeError(error: Error, options: { /** False where it is not said: a stack tells of the inside. */ includeStack?: boolean } = {}): SerializedError {
  return serialize(error, options.includeStack ?? false, new Set());
}

function serialize(error: Error, includeStack: boolean, seen: Set<unknown>): SerializedError {
  seen.add(error);
  const { name, message, stack, cause } = error;
  const carried = Object.entries(error).filter(([key]) => !['name', 'message', 'stack', 'cause'].includes(key));
  return {
    ...Object.fromEntries(carried.map(([key, value]) => [key, toJson(value)])),
    name,
    message,
    // Errors that cause each other are told once.
    ...(cause !== undefined && !seen.has(cause) && { cause: isError(cause) ? serialize(cause, includeStack, seen) : toJson(cause) }),
    ...(includeStack && { stack }),
  };
}

/** What JSON can say of a value; undefined where that is nothing. */
function toJson(value: unknown): JsonValue | undefined {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text === undefined ? undefined : (JSON.parse(text) as JsonValue);
  } catch {
    return undefined;
  }
}

/** Makes an error of what was sent, with everything that it carried. */
export function deserializeError<T extends Error = Error>(data: SerializedError): T {
  const { name, message, stack, cause, ...carried } = data;
  return Object.assign(new Error(message), carried, {
    name,
    // Where it was made anew tells nothing about it.
    stack,
    ...(cause !== undefined && { cause: isError(cause) ? deserializeError(cause as SerializedError) : cause }),
  }) as Error as T;
}

/** One line about whatever was thrown. */
export function stringifyError(error: unknown): string {
  if (!isError(error)) {
    return `unknown error '${String(error)}'`;
  }
  return error instanceof Error ? String(error) : `${error.name}: ${error.message}`;
}
