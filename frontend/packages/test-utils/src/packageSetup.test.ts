import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { runPackageSetup } from './packageSetup';

// Beside the sources, since nothing outside the workspace is loaded.
const root = mkdtempSync(join(import.meta.dirname, '../made-by-test-'));
afterEach(() => rmSync(root, { recursive: true }));

it('runs the setup of the package for each of its test files anew', async () => {
  const setUp = vi.fn();
  vi.stubGlobal('setUp', setUp);
  for (const [folder, name] of [['plugins/radar', 'radar'], ['packages/kit', 'kit']] as const) {
    mkdirSync(join(root, folder, 'src'), { recursive: true });
    writeFileSync(join(root, folder, 'src/setupTests.ts'), `setUp('${name}' as string);`);
  }
  await runPackageSetup(join(root, 'plugins/radar/src/a.test.ts'));
  await runPackageSetup(join(root, 'plugins/radar/src/components/b.test.tsx'));
  await runPackageSetup(join(root, 'plugins/other/src/c.test.ts'));
  await runPackageSetup(join(root, 'packages/kit/src/d.test.ts'));
  expect(setUp.mock.calls).toEqual([['radar'], ['radar'], ['kit']]);
});
