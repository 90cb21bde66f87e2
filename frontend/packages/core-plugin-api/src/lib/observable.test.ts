import { expect, it, vi } from 'vitest';
import { createObservable } from './observable';

function setup() {
  const listeners = new Set<(value: number) => void>();
  const numbers = createObservable<number>(next => {
    listeners.add(next);
    next(1);
    return () => void listeners.delete(next);
  });
  return { numbers, listeners, send: (value: number) => [...listeners].forEach(listener => listener(value)) };
}

it('tells observers of both forms, each from its own beginning', () => {
  const { numbers, send } = setup();
  const asFunction = vi.fn();
  const asObject = { next: vi.fn() };
  numbers.subscribe(asFunction);
  send(2);
  numbers.subscribe(asObject);
  expect(asFunction.mock.calls).toEqual([[1], [2]]);
  expect(asObject.next.mock.calls).toEqual([[1]]);
});

it('tells nothing after its end, and ends once', () => {
  const { numbers, listeners, send } = setup();
  const seen = vi.fn();
  const subscription = numbers.subscribe(seen);
  const [late] = listeners;
  expect(subscription.closed).toBe(false);
  subscription.unsubscribe();
  subscription.unsubscribe();
  late?.(2);
  send(3);
  expect(subscription.closed).toBe(true);
  expect(seen.mock.calls).toEqual([[1]]);
});

it('takes an observer that only waits for its end', () => {
  expect(() => setup().numbers.subscribe({ complete: vi.fn() })).not.toThrow();
});
