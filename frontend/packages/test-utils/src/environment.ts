import type { MatcherFunction } from '@testing-library/react';
import { afterAll, afterEach, beforeAll, vi } from 'vitest';

/** Has every question about the size of the screen answered yes, or no, for the rest of the test. */
export function mockBreakpoint({ matches }: { matches: boolean }): void {
  vi.stubGlobal('matchMedia', (media: string) => ({
    media,
    matches,
    onchange: null,
    addListener: () => undefined,
    removeListener: () => undefined,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    dispatchEvent: () => false,
  }));
}

/** What `registerMswTestHooks` needs of a server of the package `msw`. */
interface MockServer {
  listen(options: { onUnhandledRequest: 'error' }): void;
  resetHandlers(): void;
  close(): void;
}

/** Has a server of `msw` answer the requests of a file's tests; one that it does not know fails its test. */
export function registerMswTestHooks(server: MockServer): void {
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
}

/** The name that older tests have for it. */
export const setupRequestMockHandlers = registerMswTestHooks;

/** Finds an element by its text, however many elements that is made of. */
export function textContentMatcher(text: string): MatcherFunction {
  const matches = (element: Element | null | undefined) => element?.textContent === text;
  return (_, element) => matches(element) && ![...(element?.children ?? [])].some(matches);
}

const LOG_LEVELS = ['log', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export type CollectedLogs<Level extends LogLevel = LogLevel> = Record<Level, string[]>;

/** What the console is told while `callback` runs, which it does not show meanwhile. */
export function withLogCollector(callback: () => Promise<void>): Promise<CollectedLogs>;
export function withLogCollector(callback: () => void): CollectedLogs;
export function withLogCollector<Level extends LogLevel>(levels: readonly Level[], callback: () => Promise<void>): Promise<CollectedLogs<Level>>;
export function withLogCollector<Level extends LogLevel>(levels: readonly Level[], callback: () => void): CollectedLogs<Level>;
export function withLogCollector(...args: [() => Promise<void> | void] | [readonly LogLevel[], () => Promise<void> | void]) {
  const [levels, callback] = args.length === 1 ? [LOG_LEVELS, args[0]] : args;
  const collected: Partial<CollectedLogs> = {};
  const spies = levels.map(level => {
    const lines: string[] = [];
    collected[level] = lines;
    return vi.spyOn(console, level).mockImplementation((...parts: unknown[]) => void lines.push(parts.map(textOf).join(' ')));
  });
  const restore = () => spies.forEach(spy => spy.mockRestore());
  let result: Promise<void> | void;
  try {
    result = callback();
  } catch (error) {
    restore();
    throw error;
  }
  if (result) {
    return result.then(() => collected).finally(restore);
  }
  restore();
  return collected;
}

function textOf(part: unknown): string {
  if (part instanceof Error) {
    return part.message;
  }
  return typeof part === 'object' ? JSON.stringify(part) : String(part);
}
