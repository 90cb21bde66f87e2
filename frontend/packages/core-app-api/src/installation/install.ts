import {
  extensionId,
  navItemKind,
  pageKind,
  parseConfig,
  type CallboardPlugin,
  type ConfigApi,
  type ExtensionDeclaration,
  type ExtensionReport,
  type Installation,
  type InstalledExtension,
  type InstalledPlugin,
  type JsonObject,
  type NavItemParams,
  type PageParams,
} from '@callboard/core-plugin-api';
import { paramsOf } from '../routing/collectRoutes';
import { readExtensionSettings, type ExtensionSettings } from './extensionSettings';
import { installationOf, packageFilter, type PluginPackage } from './packages';

interface Resolved {
  extension: InstalledExtension;
  order: number;
}

/** Puts packages and configuration together. What is wrong with either is reported, and never takes the rest down. */
export function install(packages: readonly PluginPackage[], config: ConfigApi): Installation & { used: CallboardPlugin[] } {
  return new Installer(config).install(packages);
}

class Installer {
  private readonly problems: string[] = [];
  private readonly settings: Map<string, ExtensionSettings>;
  private readonly known = new Set<string>();
  private readonly resolved = new Map<string, Resolved[]>();
  private readonly paths = new Map<string, string>();

  constructor(private readonly config: ConfigApi) {
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
      pluginConfig = readOwnConfig(installation.config, pluginSettings?.config ?? {});
    } catch (error) {
      this.problems.push(`app.extensions[${pluginSettings?.position ?? 0}]: plugin:${id}: ${(error as Error).message}`);
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
    const { kind, name } = declaration;
    const id = extensionId(kind.id, plugin.getId(), name);
    const settings = this.find(id);
    const enabled = pluginEnabled && (settings?.enabled ?? declaration.enabled);
    const base = { id, kind: kind.id };
    try {
      const { order: configuredOrder, ...configured } = settings?.config ?? {};
      const { params, config } = configure(declaration, configured);
      const order = orderOf(configuredOrder, settings, declaration);
      if (enabled) {
        this.requireOwnPath(id, params, declaration.params);
        this.add(kind.id, { extension: { ...base, plugin, params, config, pluginConfig }, order });
      }
      const report = { ...base, enabled, ...shown(params) };
      const nav = kind.id === pageKind.id ? navItemOf(params as PageParams, name, order) : undefined;
      return nav ? [report, ...this.installExtension(nav, plugin, enabled, pluginConfig)] : [report];
    } catch (error) {
      const problem = (error as Error).message;
      this.problems.push(`${settings ? `app.extensions[${settings.position}]: ` : ''}${id}: ${problem}`);
      return [{ ...base, enabled: false, problem, ...shown(declaration.params) }];
    }
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

/** The parameters and the own configuration of an extension, with what configuration says laid over. */
function configure(declaration: ExtensionDeclaration, configured: JsonObject): { params: unknown; config: unknown } {
  const settings = declaration.kind.settings as Record<string, ((value: unknown) => unknown) | undefined>;
  const params: Record<string, unknown> = { ...(declaration.params as object) };
  const rest: JsonObject = {};
  for (const [key, value] of Object.entries(configured)) {
    const read = settings[key];
    if (!read) {
      rest[key] = value;
      continue;
    }
    try {
      params[key] = read(value);
    } catch (error) {
      throw new Error(`${key} ${(error as Error).message}`, { cause: error });
    }
  }
  try {
    return { params, config: readOwnConfig(declaration.config, rest) };
  } catch (error) {
    const known = ['order', ...Object.keys(settings)].join(', ');
    throw new Error(`${(error as Error).message}${declaration.config ? '' : `; there are ${known}`}`, { cause: error });
  }
}

function readOwnConfig(schema: ExtensionDeclaration['config'], configured: JsonObject): unknown {
  if (schema) {
    return parseConfig(schema, configured);
  }
  const unknown = Object.keys(configured)[0];
  if (unknown !== undefined) {
    throw new Error(`the configuration has the unknown key '${unknown}'`);
  }
  return undefined;
}

/** What is listed in the configuration comes first, in its order, unless it is given a number. */
function orderOf(order: unknown, settings: ExtensionSettings | undefined, declaration: ExtensionDeclaration): number {
  if (order !== undefined && typeof order !== 'number') {
    throw new Error(`order must be a number, got ${JSON.stringify(order)}`);
  }
  return order ?? (settings ? settings.position - LISTED_FIRST : declaration.order);
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
