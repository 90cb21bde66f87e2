import type { ConfigApi } from '@callboard/core-plugin-api';
import type { JsonObject } from '@callboard/types';
import { ConfigReader, type AppConfig } from '../../apis/implementations/ConfigReader';

/** Reads the configuration that the gateway puts into the page, or `loaded` in its place, over the app's own defaults. */
export function loadConfig(defaults: JsonObject, page: Document = document, loaded: readonly AppConfig[] = configsOf(page)): ConfigReader {
  const configs: AppConfig[] = [{ context: 'defaults', data: defaults }, ...loaded];
  const origin = page.defaultView?.location.origin;
  return ConfigReader.fromConfigs([...configs, ...relocate(ConfigReader.fromConfigs(configs), origin)]);
}

function configsOf(page: Document): AppConfig[] {
  const configs: AppConfig[] = [];
  for (const script of page.querySelectorAll('script[type="backstage.io/config"]')) {
    try {
      configs.push(...(JSON.parse(script.textContent ?? '[]') as AppConfig[]));
    } catch (error) {
      throw new Error('The configuration in the page is not valid JSON', { cause: error });
    }
  }
  return configs;
}

/** The path that the app is mounted at. */
export function basenameOf(config: ConfigApi | undefined): string {
  const baseUrl = config?.getOptionalString('app.baseUrl');
  return baseUrl ? new URL(baseUrl, window.location.href).pathname : '/';
}

/** What an address says below the path that the app is mounted at. */
export function stripBasename(pathname: string, basename: string): string {
  const base = basename.replace(/\/+$/, '');
  return pathname.startsWith(`${base}/`) ? pathname.slice(base.length) : pathname;
}

/** Where app and backend share an origin, that is the page's own, so that one build serves under any host name. */
function relocate(config: ConfigReader, origin: string | undefined): AppConfig[] {
  const app = parse(config.getOptionalString('app.baseUrl'));
  const backend = parse(config.getOptionalString('backend.baseUrl'));
  if (!origin || (app && backend && app.origin !== backend.origin)) {
    return [];
  }
  const moved = (url: URL | undefined) => `${origin}${url?.pathname.replace(/\/$/, '') ?? ''}`;
  return [{ context: 'page', data: { app: { baseUrl: moved(app) }, backend: { baseUrl: moved(backend) } } }];
}

function parse(url: string | undefined): URL | undefined {
  return url && URL.canParse(url) ? new URL(url) : undefined;
}
