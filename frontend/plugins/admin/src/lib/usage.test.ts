import { expect, it } from 'vitest';
import { roundedUp } from './usage';

it.each([
  [194, 200],
  [0.13, 0.2],
  [91, 100],
  [255, 300],
  [4130, 5000],
  [500, 500],
  [0, 1],
])('an axis for values up to %d ends at %d', (highest, end) => {
  expect(roundedUp(highest)).toBeCloseTo(end);
});
