import {
  ConfigError,
  extensionId,
  navItemKind,
  pageKind,
  parseConfig,
  type CallboardPlugin,
  type ConfigApi,
  type ExtensionDeclaration,
  type ExtensionReport,
  type FeatureFlagsApi,
  type Installation,
  type InstalledExtension,
  type InstalledPlugin,
  type NavItemParams,
  type PageParams,
} from '@callboard/core-plugin-api';
import type { JsonObject } from '@callboard/types';
import { paramsOf } from '../routing/collectRoutes';
import { readExtensionSettings, type ExtensionSettings } from './extensionSettings';
import { installationOf, packageFilter, type PluginPackage } from './packages';

interface Resolved {
  extension: InstalledExtension;
  order: number;
}

/** Puts packages and configuration together. What is wrong with either is reported, and never takes the rest down. */
export function install(
  packages: readonly PluginPackage[],
  config: ConfigApi,
  flags: Pick<FeatureFlagsApi, 'isActive'> = { isActive: () => false },
): Installation & { used: CallboardPlugin[] } {
  return new Installer(config, flags).install(packages);
}

class Installer {
  private readonly problems: string[] = [];
  private readonly settings: Map<string, ExtensionSettings>;
  private readonly known = new Set<string>();
  private readonly resolved = new Map<string, Resolved[]>();
  private readonly paths = new Map<string, string>();

  constructor(
    private readonly config: ConfigApi,
    private readonly flags: Pick<FeatureFlagsApi, 'isActive'>,
  ) {
    this.settings = readExtensionSettings(config, problem => this.problems.push(problem));
  }

  install(packages: readonly PluginPackage[]): Installation & { used: CallboardPlugin[] } {
    const isWanted = this.packageFilter();
    const used: CallboardPlugin[] = [];
    const plugins = packages.map(one => this.installPackage(one, isWanted(one.name), used));
    for (const { id, position } of this.settings.values()) {
      if (!this.known.has(id)) {
        this.problems.push(`app.extensions[${position}]: nothing installed has the id '${id}'${this.suggestion(id)}`);
      }
    }
    const lists = new Map([...this.resolved].map(([kind, list]) => [kind, inOrder(list)]));
    return {
      plugins,
      problems: this.problems,
      used,
      // The kind's type says what its parameters are; nothing else is ever stored under its id.
      get: kind => (lists.get(kind.id) ?? []) as never,
    };
  }

  private packageFilter(): (name: string) => boolean {
    try {
      return packageFilter(this.config);
    } catch (error) {
      this.problems.push(`app.packages: ${(error as Error).message}`);
      return () => true;
    }
  }

  private installPackage(one: PluginPackage, isWanted: boolean, used: CallboardPlugin[]): InstalledPlugin {
    const { name, version, homepage } = one;
    const installation = installationOf(one);
    if (!installation) {
      this.problems.push(`${name} has the role of a plugin, but exports neither a plugin nor an installation`);
      return { id: name, packageName: name, version, homepage, title: name, enabled: false, extensions: [] };
    }
    const { plugin, title = plugin.getId(), description = one.description, icon, translation, extensions } = installation;
    const id = plugin.getId();
    const pluginSettings = this.find(`plugin:${id}`);
    let enabled = isWanted && (pluginSettings?.enabled ?? true);
    let pluginConfig: unknown;
    try {
      pluginConfig = parseConfig(installation.config, pluginSettings?.config ?? {}, { at: placeOf(`plugin:${id}`, pluginSettings) });
    } catch (error) {
      this.reportProblem(error, `plugin:${id}`, pluginSettings);
      enabled = false;
    }
    if (enabled) {
      used.push(plugin);
    }
    const reports = extensions.flatMap(declaration => this.installExtension(declaration, plugin, enabled, pluginConfig));
    return { id, packageName: name, version, homepage, title, description, icon, translation, enabled, extensions: reports };
  }

  private installExtension(
    declaration: ExtensionDeclaration,
    plugin: CallboardPlugin,
    pluginEnabled: boolean,
    pluginConfig: unknown,
  ): ExtensionReport[] {
    const { kind, name, featureFlag } = declaration;
    const id = extensionId(kind.id, plugin.getId(), name);
    const settings = this.find(id);
    const isFlagged = featureFlag === undefined || this.flags.isActive(featureFlag);
    const enabled = pluginEnabled && isFlagged && (settings?.enabled ?? declaration.enabled);
    const base = { id, kind: kind.id };
    try {
      const { params, config, order } = configure(declaration, id, settings);
      if (enabled) {
        this.requireOwnPath(id, params, declaration.params);
        this.add(kind.id, { extension: { ...base, plugin, params, config, pluginConfig }, order });
      }
      const report = { ...base, enabled, ...shown(params) };
      const nav = kind.id === pageKind.id ? navItemOf(params as PageParams, name, order) : undefined;
      return nav ? [report, ...this.installExtension(nav, plugin, enabled, pluginConfig)] : [report];
    } catch (error) {
      this.reportProblem(error, id, settings);
      return [{ ...base, enabled: false, problem: (error as Error).message, ...shown(declaration.params) }];
    }
  }

  private reportProblem(error: unknown, id: string, settings: ExtensionSettings | undefined): void {
    const entry = settings ? `app.extensions[${settings.position}]: ` : '';
    this.problems.push(...(error instanceof ConfigError ? error.problems : [`${entry}${id}: ${(error as Error).message}`]));
  }

  /** Two pages cannot be at one path, and a page needs the parameters it was written for. */
  private requireOwnPath(id: string, params: unknown, declared: unknown): void {
    const { path } = params as Partial<PageParams>;
    if (!id.startsWith(`${pageKind.id}:`) || path === undefined) {
      return;
    }
    const missing = paramsOf((declared as PageParams).path).find(param => !paramsOf(path).includes(param));
    if (missing) {
      throw new Error(`path must hold the parameter :${missing}, got '${path}'`);
    }
    const other = this.paths.get(path);
    if (other) {
      throw new Error(`the path '${path}' is taken by ${other}; give one of them another path`);
    }
    this.paths.set(path, id);
  }

  private add(kind: string, resolved: Resolved): void {
    this.resolved.set(kind, [...(this.resolved.get(kind) ?? []), resolved]);
  }

  private find(id: string): ExtensionSettings | undefined {
    this.known.add(id);
    return this.settings.get(id);
  }

  private suggestion(id: string): string {
    const [, local = id] = id.split(':');
    const ofPlugin = `:${local.split('/')[0]}`;
    const known = [...this.known];
    const same = known.filter(one => one.endsWith(`:${local}`));
    const near = known.filter(one => one.includes(ofPlugin) || one.startsWith(`${id.split(':')[0]}:`));
    const alike = same.length > 0 ? same : near.sort((a, b) => commonStart(id, b) - commonStart(id, a));
    return alike.length > 0 ? `; did you mean ${alike.slice(0, 3).join(', ')}?` : '';
  }
}

/** How many letters two texts begin with alike. */
function commonStart(a: string, b: string): number {
  const end = [...a].findIndex((letter, index) => b[index] !== letter);
  return end === -1 ? a.length : end;
}

/** Where the configuration of an extension or a plugin stands, or would stand. */
function placeOf(id: string, settings: ExtensionSettings | undefined): string {
  return settings ? `app.extensions[${settings.position}].${id}.config` : `${id}.config`;
}

/** The parameters and the own configuration of an extension, with what configuration says laid over. */
function configure(declaration: ExtensionDeclaration, id: string, settings: ExtensionSettings | undefined): { params: unknown; config: unknown; order: number } {
  const readers: Record<string, ((value: unknown) => unknown) | undefined> = { order: orderSetting, ...declaration.kind.settings };
  const at = placeOf(id, settings);
  const read: Record<string, unknown> = {};
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(settings?.config ?? {})) {
    const reader = readers[key];
    if (!reader) {
      rest[key] = value;
      continue;
    }
    try {
      read[key] = reader(value);
    } catch (error) {
      throw new ConfigError([`${at}.${key}: ${(error as Error).message}`]);
    }
  }
  const config = parseConfig(declaration.config, rest, { at, others: Object.keys(readers) });
  // What is listed in the configuration comes first, in its order, unless it is given a number.
  const { order = settings ? settings.position - LISTED_FIRST : declaration.order, ...params } = read;
  return { params: { ...(declaration.params as object), ...params }, config, order: order as number };
}

function orderSetting(value: unknown): number {
  if (typeof value !== 'number') {
    throw new Error(`must be a number, got ${JSON.stringify(value)}`);
  }
  return value;
}

const LISTED_FIRST = 1_000_000;

/** Those of equal order stay as they were installed. */
function inOrder(list: readonly Resolved[]): InstalledExtension[] {
  return [...list].sort((a, b) => a.order - b.order).map(({ extension }) => extension);
}

/** The entry that a page has in the navigation by itself. */
function navItemOf(page: PageParams, name: string | undefined, order: number): ExtensionDeclaration<NavItemParams> | undefined {
  const { hidden, title, icon, group, path, permissions } = page;
  if (hidden || title === undefined || paramsOf(path).length > 0) {
    return undefined;
  }
  return { kind: navItemKind, name, order, enabled: true, params: { title, icon, group, to: path, permissions } };
}

function shown(params: unknown): { title?: string; path?: string } {
  const { title, path } = params as { title?: unknown; path?: unknown };
  return {
    ...(typeof title === 'string' && { title }),
    ...(typeof path === 'string' && { path }),
  };
}
