import { existsSync } from 'node:fs';
import { expect } from 'vitest';

/** Runs the `src/setupTests.ts` of the package that a test file belongs to, if it has one. */
export async function runPackageSetup(testFile: string): Promise<void> {
  const setup = testFile.replace(/(\/(packages|plugins)\/[^/]+\/src)\/.*$/, '$1/setupTests.ts');
  if (setup !== testFile && existsSync(setup)) {
    // The files of a worker share their modules, and what this one registers holds for one file: only at a new address is it evaluated again.
    await import(/* @vite-ignore */ `${setup}?${crypto.randomUUID()}`);
  }
}

await runPackageSetup(expect.getState().testPath ?? '');
