/** What is as good as an error, also when it comes from another copy of a library or from a worker. */
export type ErrorLike = {
  name: string;
  message: string;
  stack?: string;
  [unknownKeys: string]: unknown;
};

/** Whether something that was thrown is an error, or as good as one. */
export function isError(value: unknown): value is ErrorLike {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  const { name, message } = value as Partial<ErrorLike>;
  return typeof name === 'string' && name !== '' && typeof message === 'string';
}

/** Throws unless something that was thrown is an error, or as good as one. */
export function assertError(value: unknown): asserts value is ErrorLike {
  if (!isError(value)) {
    throw new Error(`Expected an error, got '${String(value)}'`);
  }
}

/** An error of whatever was thrown: itself where it is one, else one that says it. */
export function toError(value: unknown): ErrorLike {
  if (isError(value)) {
    return value;
  }
  const { name, message } = new Error(typeof value === 'string' ? value : `unknown error '${String(value)}'`);
  return { name, message };
}
