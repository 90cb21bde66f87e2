import { expect, it } from 'vitest';
import { createDeferred, durationToMilliseconds } from '.';

it('adds up the parts of a duration', () => {
  expect(durationToMilliseconds({ hours: 1, minutes: 30, milliseconds: 5 })).toBe(5_400_005);
  expect(durationToMilliseconds({ years: 1, months: 1, weeks: 1, days: 1 })).toBe((365 + 30 + 7 + 1) * 86_400_000);
  expect(durationToMilliseconds({})).toBe(0);
});

it('settles a promise from outside', async () => {
  const kept = createDeferred<string>();
  kept.resolve('done');
  await expect(kept).resolves.toBe('done');
  const broken = createDeferred();
  broken.reject(new Error('no'));
  await expect(broken).rejects.toThrow('no');
});
