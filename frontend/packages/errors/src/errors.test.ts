import { expect, it } from 'vitest';
import {
  assertError,
  ConflictError,
  CustomErrorBase,
  deserializeError,
  ForwardedError,
  InputError,
  isError,
  NotFoundError,
  serializeError,
  stringifyError,
  toError,
} from '.';

class QuotaError extends CustomErrorBase {}

it('errors have a name of their own and say what caused them', () => {
  const missing = new NotFoundError('No such team', new TypeError('x is undefined'));
  expect(missing).toBeInstanceOf(Error);
  expect(missing).toMatchObject({ name: 'NotFoundError', message: 'No such team; caused by TypeError: x is undefined', cause: { message: 'x is undefined' } });
  expect(new InputError(undefined, new Error('no')).message).toBe('caused by Error: no');
  expect(new QuotaError('Too much', 'a string')).toMatchObject({ name: 'QuotaError', message: "Too much; caused by unknown error 'a string'", cause: undefined });
});

it('a forwarded error keeps the name of its cause', () => {
  expect(new ForwardedError('Saving failed', new ConflictError('taken'))).toMatchObject({ name: 'ConflictError', message: 'Saving failed; caused by ConflictError: taken' });
  expect(new ForwardedError('Saving failed', 7).name).toBe('Error');
});

it.each([
  [new Error(''), true],
  [{ name: 'Foreign', message: 'from another copy' }, true],
  [{ name: '', message: 'nameless' }, false],
  [{ name: 'Silent' }, false],
  ['text', false],
  [null, false],
])('knows whether %o is an error', (value, expected) => {
  expect(isError(value)).toBe(expected);
  const asserted = expect(() => assertError(value));
  return expected ? asserted.not.toThrow() : asserted.toThrow('Expected an error');
});

it('makes an error of whatever was thrown', () => {
  const error = new Error('kept');
  expect(toError(error)).toBe(error);
  expect(toError('said')).toMatchObject({ name: 'Error', message: 'said' });
  expect(toError(null)).toMatchObject({ message: "unknown error 'null'" });
});

it('tells of whatever was thrown in one line', () => {
  expect(stringifyError(new RangeError('too far'))).toBe('RangeError: too far');
  expect(stringifyError({ name: 'Foreign', message: 'far away' })).toBe('Foreign: far away');
  expect(stringifyError(undefined)).toBe("unknown error 'undefined'");
});

it('an error is the same after it was sent', () => {
  const sent = Object.assign(new NotFoundError('No such team', new Error('gone')), { code: 'E7', tried: [1, { at: 2 }], again: () => 0 });
  const wire = JSON.parse(JSON.stringify(serializeError(sent)));
  expect(wire).toEqual({ name: 'NotFoundError', message: 'No such team; caused by Error: gone', code: 'E7', tried: [1, { at: 2 }], cause: { name: 'Error', message: 'gone' } });
  const received = deserializeError(wire);
  expect(received).toBeInstanceOf(Error);
  expect(received).toMatchObject({ name: 'NotFoundError', code: 'E7', tried: [1, { at: 2 }] });
  expect(received.cause).toBeInstanceOf(Error);
  expect(received.stack).toBeUndefined();
});

it('sends the stack where that is asked for, and what goes round in circles once', () => {
  const first = new Error('first');
  const second = Object.assign(new Error('second', { cause: first }), { self: {} });
  first.cause = second;
  second.self = second;
  const wire = serializeError(second, { includeStack: true });
  expect(wire.stack).toContain('second');
  expect(wire).toMatchObject({ cause: { name: 'Error', message: 'first' } });
  expect(JSON.stringify(wire)).not.toContain('"self"');
});
