/** Runs the `src/setupTests.ts` of the package that a test file belongs to, if it has one. */
import { expect } from 'vitest';

const setups = import.meta.glob(['../../*/src/setupTests.ts', '../../../plugins/*/src/setupTests.ts']);

const test = expect.getState().testPath ?? '';
for (const [path, load] of Object.entries(setups)) {
  const folder = path.replace(/^(\.\.\/)+/, '').replace(/setupTests\.ts$/, '');
  if (test.includes(`/${folder}`)) {
    await load();
  }
}
