import {
  createExtensionKind,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  declareExtension,
  defineInstallation,
  defineNavItem,
  definePage,
  navItemKind,
  pageKind,
  type ConfigSchema,
} from '@callboard/core-plugin-api';
import type { JsonObject, JsonValue } from '@callboard/types';
import { describe, expect, it } from 'vitest';
import { ConfigReader } from '../apis/implementations/ConfigReader';
import { install } from './install';

const rootRef = createRouteRef({ title: 'Radar' });
const detailRef = createRouteRef({ id: 'detail' });
const radarPlugin = createPlugin({ id: 'radar', routes: { root: rootRef, detail: detailRef } });
const RadarPage = radarPlugin.provide(
  createRoutableExtension({ name: 'RadarPage', mountPoint: rootRef, component: async () => () => <p>Radar</p> }),
);
const DetailPage = radarPlugin.provide(
  createRoutableExtension({ name: 'DetailPage', mountPoint: detailRef, component: async () => () => <p>Detail</p> }),
);

const widgetKind = createExtensionKind<{ size: number }>({
  id: 'widget',
  settings: {
    size: value => {
      if (typeof value !== 'number') {
        throw new Error('must be a number');
      }
      return value;
    },
  },
});
const rings: ConfigSchema<{ rings: number }> = {
  '~standard': {
    version: 1,
    vendor: 'test',
    validate: value => {
      const { rings: count = 4 } = value as { rings?: number };
      return typeof count === 'number' ? { value: { rings: count } } : { issues: [{ message: 'not a number', path: ['rings'] }] };
    },
  },
};
const widget = (name: string, order?: number) => declareExtension(widgetKind, { name, order, size: 1 });

const installation = defineInstallation({
  plugin: radarPlugin,
  title: 'Radar',
  config: rings,
  extensions: [
    definePage({ path: '/radar', title: 'Radar', icon: 'radar', element: <RadarPage />, config: rings }),
    definePage({ name: 'detail', path: '/radar/:id', title: 'Detail', element: <DetailPage /> }),
    defineNavItem({ name: 'help', title: 'Help', to: 'https://help.example', order: 500 }),
    widget('a'),
    widget('b'),
    widget('c', 1),
    declareExtension(widgetKind, { name: 'off', enabled: false, size: 1 }),
    definePage({ name: 'next', path: '/next', title: 'Next', featureFlag: 'next-radar', element: <p /> }),
  ],
});

function installed(extensions: JsonValue, app: JsonObject = {}, exports: Record<string, unknown> = { installation }, flag?: string) {
  const packages = [{ name: '@acme/plugin-radar', version: '1.2.3', exports }];
  const result = install(packages, new ConfigReader({ app: { extensions, ...app } }), { isActive: name => name === flag });
  return {
    ...result,
    pages: result.get(pageKind).map(({ id, params }) => `${id} ${params.path}`),
    navigation: result.get(navItemKind).map(({ id, params }) => `${id} ${params.title}`),
    widgets: result.get(widgetKind).map(({ id }) => id.replace('widget:radar/', '')),
  };
}

describe('without configuration', () => {
  it('everything is on that is not off by itself, in the order it asks for', () => {
    const { pages, navigation, widgets, problems } = installed([]);
    expect(pages).toEqual(['page:radar /radar', 'page:radar/detail /radar/:id']);
    expect(navigation).toEqual(['nav-item:radar Radar', 'nav-item:radar/help Help']);
    expect(widgets).toEqual(['c', 'a', 'b']);
    expect(problems).toEqual([]);
  });

  it('what waits for a feature flag is there while that is on', () => {
    const { pages, navigation } = installed([], {}, { installation }, 'next-radar');
    expect(pages.at(-1)).toBe('page:radar/next /next');
    expect(navigation).toContain('nav-item:radar/next Next');
    expect(installed(['page:radar/next']).pages).not.toContain('page:radar/next /next');
  });

  it('a plugin that knows nothing of installations has its page at its own id', () => {
    const { pages, navigation, plugins } = installed([], {}, { radarPlugin, RadarPage, DetailPage });
    expect(pages).toEqual(['page:radar /radar', 'page:radar/detail /radar/detail']);
    expect(navigation).toEqual(['nav-item:radar Radar', 'nav-item:radar/detail Detail']);
    expect(plugins[0]).toMatchObject({ id: 'radar', title: 'Radar', version: '1.2.3', enabled: true });
  });

  it('a package without a plugin is named', () => {
    const { problems, plugins } = installed([], {}, { x: 1 });
    expect(problems).toEqual(['@acme/plugin-radar has the role of a plugin, but exports neither a plugin nor an installation']);
    expect(plugins[0]?.enabled).toBe(false);
  });
});

describe('app.extensions', () => {
  it('turns extensions on and off, and an entry of the navigation with its page or alone', () => {
    expect(installed(['widget:radar/off', { 'widget:radar/a': false }]).widgets).toEqual(['off', 'c', 'b']);
    expect(installed([{ 'page:radar': { disabled: true } }]).navigation).toEqual(['nav-item:radar/help Help']);
    const { pages, navigation } = installed([{ 'nav-item:radar': false }]);
    expect([pages.length, navigation]).toEqual([2, ['nav-item:radar/help Help']]);
  });

  it('turns whole plugins off', () => {
    for (const off of [installed([{ 'plugin:radar': false }]), installed([], { packages: { exclude: ['@acme/plugin-radar'] } })]) {
      expect([off.pages, off.navigation, off.widgets, off.used]).toEqual([[], [], [], []]);
      expect(off.plugins[0]?.extensions.every(({ enabled }) => !enabled)).toBe(true);
    }
  });

  it('moves, renames and orders', () => {
    const { pages, navigation, get } = installed([
      { 'page:radar': { config: { path: '/tech', title: 'Technology', icon: 'chart', rings: 5, order: 900 } } },
    ]);
    expect(pages).toEqual(['page:radar/detail /radar/:id', 'page:radar /tech']);
    expect(navigation).toEqual(['nav-item:radar/help Help', 'nav-item:radar Technology']);
    expect(get(navItemKind)[1]?.params).toMatchObject({ icon: 'chart', to: '/tech' });
    expect(get(pageKind)[1]?.config).toEqual({ rings: 5 });
  });

  it('puts what it lists first, in its order', () => {
    expect(installed(['widget:radar/b', 'widget:radar/a']).widgets).toEqual(['b', 'a', 'c']);
  });

  it('hands a plugin its own configuration, checked and completed by its schema', () => {
    expect(installed([{ 'plugin:radar': { config: { rings: 3 } } }]).get(pageKind)[0]?.pluginConfig).toEqual({ rings: 3 });
    expect(installed([]).get(pageKind)[0]?.pluginConfig).toEqual({ rings: 4 });
  });
});

describe('what is wrong is said, and leaves the rest as it is', () => {
  it.each<[JsonValue, string]>([
    ['nonsense', 'app.extensions must be a list'],
    [[7], 'app.extensions[0]: must be an id'],
    [[{ a: true, b: true }], 'app.extensions[0]: must be an id, or one id'],
    [[{ 'page:radar': 3 }], "app.extensions[0]: 'page:radar' must be true, false or an object"],
    [[{ 'page:radar': { enabled: true } }], "'page:radar' has the unknown key 'enabled'"],
    [[{ 'page:radar': { disabled: 'no' } }], "'page:radar.disabled' must be true or false"],
    [[{ 'page:radar': { config: [] } }], "'page:radar.config' must be an object"],
    [['page:radar', 'page:radar'], "app.extensions[1]: 'page:radar' is in the list twice"],
    [['page:rader'], "nothing installed has the id 'page:rader'; did you mean page:radar,"],
    [['card:radar/a'], 'did you mean widget:radar/a?'],
    [[{ 'page:radar': { config: { path: 'tech' } } }], "app.extensions[0].page:radar.config.path: must be a path that starts with '/'"],
    [[{ 'page:radar': { config: { rings: 'x' } } }], 'app.extensions[0].page:radar.config.rings: not a number'],
    [[{ 'page:radar': { config: { order: 'x' } } }], 'app.extensions[0].page:radar.config.order: must be a number'],
    [[{ 'page:radar/detail': { config: { path: '/x' } } }], 'path must hold the parameter :id'],
    [[{ 'page:radar/detail': { config: { path: '/:id' } } }, { 'widget:radar/a': { config: { color: 1 } } }], "app.extensions[1].widget:radar/a.config.color: there is no setting 'color'; there are order, size"],
    [[{ 'widget:radar/a': { config: { size: 'big' } } }], 'app.extensions[0].widget:radar/a.config.size: must be a number'],
    [[{ 'plugin:radar': { config: { rings: 'x' } } }], 'app.extensions[0].plugin:radar.config.rings: not a number'],
  ])('%j', (extensions, problem) => {
    const { problems } = installed(extensions);
    expect(problems.join('\n')).toContain(problem);
  });

  it('an extension that cannot be configured is left out, and says why', () => {
    const { pages, plugins } = installed([{ 'page:radar': { config: { path: 7 } } }]);
    expect(pages).toEqual(['page:radar/detail /radar/:id']);
    expect(plugins[0]?.extensions[0]).toMatchObject({ id: 'page:radar', enabled: false, problem: 'app.extensions[0].page:radar.config.path: must be a text, got 7' });
  });

  it('two pages cannot share a path', () => {
    const other = createPlugin({ id: 'other' });
    const packages = [installation, defineInstallation({ plugin: other, extensions: [definePage({ path: '/radar', element: <p /> })] })];
    const result = install(
      packages.map((one, index) => ({ name: `p${index}`, version: '1', exports: { installation: one } })),
      new ConfigReader({}),
    );
    expect(result.problems).toEqual(["page:other: the path '/radar' is taken by page:radar; give one of them another path"]);
  });
});
