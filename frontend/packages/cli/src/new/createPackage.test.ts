import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { run } from '../run.js';
import { createPackage } from './createPackage.js';
import { createFromArguments } from './command.js';
import { findTemplate } from './templates.js';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'callboard-cli-'));
  writeFileSync(join(root, 'package.json'), '{"workspaces":["packages/*","plugins/*"]}');
  mkdirSync(join(root, 'packages/app'), { recursive: true });
  writeFileSync(join(root, 'packages/app/package.json'), '{"name":"@callboard/app","dependencies":{"react":"^19.3.0"}}');
});
afterEach(() => rmSync(root, { recursive: true }));

const make = (select: string, id: string) =>
  createPackage({ root, template: findTemplate(select), id, scope: 'callboard', skipInstall: true, say: () => undefined });
const read = (path: string) => readFileSync(join(root, path), 'utf8');

describe('a plugin', () => {
  it('has the files that the plugin guide shows', () => {
    const folder = make('plugin', 'new-plugin');
    expect(folder).toBe(join(root, 'plugins/new-plugin'));
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1));
    expect(files.sort()).toEqual([
      'README.md',
      'dev/index.tsx',
      'eslint.config.js',
      'package.json',
      'src/components/ExampleComponent/ExampleComponent.test.tsx',
      'src/components/ExampleComponent/ExampleComponent.tsx',
      'src/components/ExampleComponent/index.ts',
      'src/components/ExampleFetchComponent/ExampleFetchComponent.test.tsx',
      'src/components/ExampleFetchComponent/ExampleFetchComponent.tsx',
      'src/components/ExampleFetchComponent/index.ts',
      'src/index.ts',
      'src/plugin.test.ts',
      'src/plugin.ts',
      'src/routes.ts',
      'src/setupTests.ts',
    ]);
  });

  it('is called in code by its id, in the way of each place', () => {
    make('plugin', 'new-plugin');
    expect(JSON.parse(read('plugins/new-plugin/package.json'))).toMatchObject({
      name: '@callboard/plugin-new-plugin',
      callboard: { role: 'frontend-plugin', pluginId: 'new-plugin' },
      dependencies: { react: '^19.3.0' },
    });
    const source = read('plugins/new-plugin/src/plugin.ts');
    expect(source).toContain('export const newPluginPlugin = createPlugin({');
    expect(source).toContain('export const NewPluginPage = newPluginPlugin.provide(');
    make('plugin', '3d-view');
    expect(read('plugins/3d-view/src/plugin.ts')).toContain('export const plugin3dViewPlugin =');
  });
});

it.each([
  ['plugin-react', 'plugins/radar-react', '@callboard/plugin-radar-react', 'web-library'],
  ['plugin-common', 'plugins/radar-common', '@callboard/plugin-radar-common', 'common-library'],
  ['frontend-package', 'packages/radar', '@callboard/radar', 'web-library'],
  ['common-package', 'packages/radar', '@callboard/radar', 'common-library'],
])('%s makes %s', (select, folder, name, role) => {
  make(select, 'radar');
  expect(JSON.parse(read(`${folder}/package.json`))).toMatchObject({ name, callboard: { role } });
});

describe('what cannot be is refused, and leaves nothing behind', () => {
  it.each(['Radar', 'tech_radar', '-x', 'a--b', '../x', ''])('the id %j', id => {
    expect(() => make('plugin', id)).toThrow('must be lowercase and contain only letters, digits, and dashes');
  });

  it('an id that is there, or that marks a library', () => {
    make('plugin', 'radar');
    expect(() => make('plugin', 'radar')).toThrow("Package 'plugins/radar' already exists");
    expect(() => make('common-package', 'app')).toThrow("Package 'packages/app' already exists");
    expect(() => make('plugin', 'radar-react')).toThrow('that ending marks the libraries of a plugin');
  });

  it.each([
    [['--select', 'weather'], "There is no template 'weather'. There are: plugin, plugin-react"],
    [['--select', 'plugin', '--option', 'x'], "Invalid option 'x', must be of the format <key>=<value>"],
    [['--select', 'plugin'], 'Say which: --option pluginId=VALUE'],
    [['--bad'], "Unknown option '--bad'"],
    [[], 'Say what to make: --select TEMPLATE'],
  ])('the arguments %j', async (args, message) => {
    await expect(createFromArguments(args, root)).rejects.toThrow(message);
    expect(readdirSync(root).sort()).toEqual(['package.json', 'packages']);
  });
});

it('says how it is called', async () => {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect(await run(['new', '--help'])).toBe(0);
  expect(write).toHaveBeenCalledWith(expect.stringContaining('new [--select TEMPLATE]'));
});
