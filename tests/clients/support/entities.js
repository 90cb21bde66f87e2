// What is in the catalog, and small helpers over entities.
import assert from 'node:assert/strict';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { catalog } from './callboard.js';

/** All entities at the moment, at least the few that the tests need. */
export async function everything() {
  const { items } = await catalog.getEntities();
  assert.ok(items.length >= 20, `the catalog holds ${items.length} entities: start it with the example organisation`);
  return items;
}

export const refOf = stringifyEntityRef;
export const refsOf = entities => entities.map(refOf);

/** Refs in a fixed order, to compare sets. */
export const sortedRefs = entities => refsOf(entities).sort();

/** Compares as the catalog orders: byte by byte. */
export const compareBytes = (left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right));

/** Repeats `attempt` until it returns something, for what happens in the background. */
export async function eventually(what, attempt, timeoutMs = 45_000) {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const result = await attempt();
    if (result !== undefined && result !== false) {
      return result;
    }
    assert.ok(Date.now() < deadline, `${what} did not happen within ${timeoutMs} ms`);
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}

/** A repeatable source of choices. */
export function chooser(seed) {
  let state = seed;
  const next = below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
  return { below: next, of: list => list[next(list.length)] };
}
