import { workspacePackages } from '@callboard/cli/workspace';
import js from '@eslint/js';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import tseslint from 'typescript-eslint';

/** What a plugin may import of another plugin: its libraries, never the plugin itself. */
const noForeignPlugins = {
  group: [
    '@callboard/plugin-*',
    '!@callboard/plugin-*-react',
    '!@callboard/plugin-*-common',
  ],
  message: 'Plugins meet through API refs, route refs and -react or -common packages only.',
};

const appOnly = {
  group: ['@callboard/core-app-api', '@callboard/app'],
  message: 'Only an app may import this package.',
};

const testOnly = {
  group: ['@callboard/test-utils', '@callboard/test-utils/*', '@testing-library/*'],
  message: 'Test helpers belong in tests.',
};

/** Development tools. */
const devOnly = {
  group: ['@callboard/cli', '@callboard/cli/*', '@callboard/dev-utils'],
  message: 'Tools for development belong in the dev folder.',
};

/** The sources of packages that browsers and Node share. */
const isomorphicSources = workspacePackages(import.meta.dirname)
  .filter(({ role }) => role === 'common-library')
  .map(({ folder }) => `${relative(import.meta.dirname, folder)}/src/**`);

/** The sources of packages whose texts are translated; whoever starts a plugin of their own decides whether its are. */
const translatedSources = workspacePackages(import.meta.dirname)
  .filter(({ folder }) => existsSync(join(folder, 'src/translation.ts')))
  .map(({ folder }) => `${relative(import.meta.dirname, folder)}/src/**`);

const badSyntax = [
  { selector: 'ExportDefaultDeclaration', message: 'Export by name.' },
  { selector: 'TSTypeReference[typeName.right.name="FC"]', message: 'Write a plain function.' },
  { selector: 'Literal[value=/^#[0-9a-fA-F]{3,8}$/]', message: 'Colours live in @callboard/theme.' },
];

/** Words that people read stand in the package's `translation.ts`, and are read there in the chosen language. */
const READ_ATTRIBUTES = '/^(title|subtitle|label|description|placeholder|alt|aria-label|helperText|tooltip)$/';
const literalTexts = [
  // The names of keys are the same everywhere.
  { selector: ':not(JSXElement[openingElement.name.name="Kbd"]) > JSXText[value=/[A-Za-z]{2}/]', message: 'Texts stand in translation.ts.' },
  { selector: `JSXAttribute[name.name=${READ_ATTRIBUTES}] > Literal[value=/^[A-Za-z][A-Za-z ,.’]+$/]`, message: 'Texts stand in translation.ts.' },
  {
    selector: 'MemberExpression[object.name=/TranslationRef$/][property.name="messages"]',
    message: 'Texts are read with useTranslationRef, in the chosen language.',
  },
];

const restrict = (...patterns) => ['error', { patterns }];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/node_modules/**', '**/coverage/**'] },
  js.configs.recommended,
  ...tseslint.configs.strict,
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat['recommended-latest'] ?? reactHooks.configs['recommended-latest'],
  {
    languageOptions: { globals: { console: 'readonly', process: 'readonly' } },
    rules: {
      eqeqeq: 'error',
      'max-lines': ['error', 400],
      'no-console': 'error',
      'no-restricted-syntax': ['error', ...badSyntax],
      // What looks like a component made anew each time is an icon of the app, which it is asked for by name.
      'react-hooks/static-components': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: ['packages/cli/**'],
    languageOptions: { globals: Object.fromEntries(['AbortSignal', 'Buffer', 'Request', 'Response', 'fetch', 'setTimeout'].map(name => [name, 'readonly'])) },
  },
  {
    files: translatedSources,
    // What an installation says is translated where it is shown.
    ignores: ['**/*.test.*', '**/*.fixture.*', '**/fixtures/**', '**/installation.tsx', '**/translation.ts'],
    rules: { 'no-restricted-syntax': ['error', ...badSyntax, ...literalTexts] },
  },
  { files: ['packages/theme/src/**'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['packages/circleci-simulator/src/*.mjs'],
    languageOptions: { globals: Object.fromEntries(['atob', 'btoa', 'Buffer', 'Request', 'Response', 'URL'].map(name => [name, 'readonly'])) },
  },
  { files: ['packages/app/public/**'], languageOptions: { globals: { URLSearchParams: 'readonly', window: 'readonly' } } },
  { files: ['packages/app/build/*.js'], languageOptions: { globals: { document: 'readonly', localStorage: 'readonly' } } },
  { files: ['eslint.config.js', '**/scripts/**'], rules: { 'no-restricted-syntax': 'off', 'no-console': 'off' } },
  {
    files: ['packages/{core-plugin-api,core-components,theme}/src/**', 'plugins/*/src/**'],
    ignores: ['**/*.test.*', '**/*.fixture.*', '**/setupTests.ts'],
    rules: { 'no-restricted-imports': restrict(noForeignPlugins, appOnly, testOnly, devOnly) },
  },
  {
    files: isomorphicSources,
    ignores: ['**/*.test.*', '**/setupTests.ts'],
    rules: {
      'no-restricted-imports': restrict(noForeignPlugins, appOnly, testOnly, devOnly, {
        group: ['react', 'react-*', '@mui/*', '@callboard/core-*'],
        message: 'This package is isomorphic.',
      }),
    },
  },
  {
    files: ['packages/core-app-api/src/**', 'plugins/*/src/**/*.{test,fixture}.*', 'plugins/*/src/setupTests.ts', 'plugins/*/dev/**'],
    rules: { 'no-restricted-imports': restrict(noForeignPlugins) },
  },
);
