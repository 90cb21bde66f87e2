import { ESLint } from 'eslint';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');

/** What lint says of the imports of a file that would lie at a path. */
async function importsOf(filePath: string, ...modules: string[]): Promise<(string | undefined)[]> {
  const text = modules.map((module, index) => `export * as m${index} from '${module}';`).join('\n');
  const [result] = await new ESLint({ cwd: root }).lintText(`${text}\n`, { filePath: join(root, filePath) });
  const found = (result?.messages ?? []).filter(({ ruleId }) => ruleId === 'no-restricted-imports');
  return modules.map((_, index) => found.find(({ line }) => line === index + 1)?.message.replace(/^.*pattern\. /, ''));
}

it('a plugin meets others through their libraries only', async () => {
  expect(
    await importsOf(
      'plugins/radar/src/x.ts',
      '@callboard/plugin-catalog',
      '@callboard/plugin-catalog-react',
      '@callboard/plugin-tech-radar-common',
      '@callboard/core-app-api',
      '@callboard/test-utils',
      '@callboard/dev-utils',
      '@callboard/core-components',
    ),
  ).toEqual([
    'Plugins meet through API refs, route refs and -react or -common packages only.',
    undefined,
    undefined,
    'Only an app may import this package.',
    'Test helpers belong in tests.',
    'Tools for development belong in the dev folder.',
    undefined,
  ]);
});

it('a common library imports nothing of the web interface', async () => {
  const [react, core, model] = await importsOf(
    'plugins/tech-radar-common/src/x.ts',
    'react',
    '@callboard/core-plugin-api',
    '@callboard/catalog-model',
  );
  expect([react, core, model]).toEqual(['This package is isomorphic.', 'This package is isomorphic.', undefined]);
});

it('an app may import any plugin', async () => {
  expect(await importsOf('packages/app/src/x.ts', '@callboard/plugin-catalog')).toEqual([undefined]);
});

it('a component may draw an icon that it asks the app for', async () => {
  const text = `import { useApp } from '@callboard/core-plugin-api';

export function Group() {
  const Icon = useApp().getSystemIcon('group');
  return Icon && <Icon fontSize="small" />;
}
`;
  const [result] = await new ESLint({ cwd: root }).lintText(text, { filePath: join(root, 'plugins/radar/src/Group.tsx') });
  expect(result?.messages).toEqual([]);
});
