import type {
  AnyExternalRoutes,
  AnyParams,
  AnyRouteRef,
  CallboardPlugin,
  ConfigApi,
  ExternalRouteRef,
  RouteRef,
  RouteResolver,
  SubRouteRef,
} from '@callboard/core-plugin-api';
import { matchPath } from 'react-router-dom';
import { paramsOf, pathOf, type CollectedRoutes, type RouteNode } from './collectRoutes';

/** What external routes are bound to; `false` unbinds one. */
export type RouteBindings = Map<ExternalRouteRef, RouteRef | SubRouteRef | false>;

/** Binds the external routes of one plugin to routes of others. */
export type BindFunction = <Routes extends AnyExternalRoutes>(
  externalRoutes: Routes,
  targets: { [Name in keyof Routes]?: RouteRef | SubRouteRef | false },
) => void;

/** Turns references into paths by what was found in the app's element tree. */
export class AppRouteResolver implements RouteResolver {
  constructor(
    private readonly routes: CollectedRoutes,
    private readonly bindings: RouteBindings,
  ) {}

  resolve(ref: AnyRouteRef, currentPathname: string): ((params?: AnyParams) => string) | undefined {
    if (ref.type === 'external') {
      const target = this.bindings.get(ref) || undefined;
      return target && this.resolve(target, currentPathname);
    }
    const node = this.routes.nodes.get(ref.type === 'sub' ? ref.parent : ref);
    const parentPath = node && this.parentPath(node, currentPathname);
    if (!node || parentPath === undefined) {
      return undefined;
    }
    const pattern = `${parentPath}/${node.path}${ref.type === 'sub' ? ref.path : ''}`;
    return params => fill(pattern, params);
  }

  /** The path above a node. Where it has parameters they are those of the open page, if that lies below it too. */
  private parentPath(node: RouteNode, currentPathname: string): string | undefined {
    if (!node.parent) {
      return '';
    }
    const pattern = `/${pathOf(node.parent)}`;
    if (paramsOf(pattern).length === 0) {
      return pattern;
    }
    const match = matchPath({ path: pattern, end: false }, currentPathname);
    return match ? match.pathnameBase.replace(/\/$/, '') : undefined;
  }
}

/** The bindings of an app: those of its configuration, over its own, over those the references name by themselves. */
export function collectBindings(
  bindRoutes: ((context: { bind: BindFunction }) => void) | undefined,
  plugins: Iterable<CallboardPlugin>,
  config?: ConfigApi,
): RouteBindings {
  const bindings: RouteBindings = new Map();
  bindRoutes?.({
    bind: (externalRoutes, targets) => {
      for (const [name, target] of Object.entries(targets)) {
        const external = externalRoutes[name];
        if (!external) {
          throw new Error(`Key ${name} is not an existing external route`);
        }
        if (target !== undefined) {
          bindings.set(external, target);
        }
      }
    },
  });
  const byId = new Map([...plugins].map(plugin => [plugin.getId(), plugin]));
  bindConfigured(bindings, byId, config);
  for (const plugin of byId.values()) {
    for (const [name, external] of Object.entries(plugin.externalRoutes)) {
      if (bindings.has(external)) {
        continue;
      }
      const target = external.defaultTarget && findRoute(byId, external.defaultTarget);
      if (target) {
        bindings.set(external, target);
      } else if (!external.optional) {
        throw new Error(
          `External route '${name}' of the '${plugin.getId()}' plugin must be bound to a target route: ` +
            `'${plugin.getId()}.${name}' in app.routes.bindings of the configuration, or bindRoutes of createApp, says to which`,
        );
      }
    }
  }
  return bindings;
}

/** `app.routes.bindings`: `plugin.externalRoute` to `plugin.route`, or to false for none. */
function bindConfigured(bindings: RouteBindings, plugins: Map<string, CallboardPlugin>, config: ConfigApi | undefined): void {
  const configured = config?.getOptional<Record<string, unknown>>('app.routes.bindings') ?? {};
  for (const [from, to] of Object.entries(configured)) {
    const [pluginId = '', name = ''] = from.split('.');
    const external = plugins.get(pluginId)?.externalRoutes[name];
    if (!external) {
      throw new Error(`app.routes.bindings: no installed plugin has the external route '${from}'`);
    }
    const target = to === false ? false : findRoute(plugins, String(to));
    if (target === undefined) {
      throw new Error(`app.routes.bindings: '${from}' is bound to '${String(to)}', which is no route of an installed plugin`);
    }
    bindings.set(external, target);
  }
}

function findRoute(plugins: Map<string, CallboardPlugin>, name: string): RouteRef | SubRouteRef | undefined {
  const [pluginId = '', routeName = ''] = name.split('.');
  return plugins.get(pluginId)?.routes[routeName];
}

function fill(pattern: string, params: AnyParams = {}): string {
  const path = pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = params[name];
    if (value === undefined) {
      throw new Error(`Missing parameter :${name} for path '${pattern}'`);
    }
    return encodeURIComponent(value).replace(/%(?:3A|40|2C|24|2B)/gi, decodeURIComponent);
  });
  return path.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
}
