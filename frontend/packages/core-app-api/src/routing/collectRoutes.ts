import {
  getComponentData,
  type CallboardPlugin,
  type RouteRef,
} from '@callboard/core-plugin-api';
import { Children, isValidElement, type ReactNode } from 'react';

/** One `path` of the app's element tree, and the pages mounted at it. */
export interface RouteNode {
  path: string;
  parent: RouteNode | undefined;
}

/** A page, and whose it is. */
export interface MountedPage {
  ref: RouteRef;
  node: RouteNode;
  pluginId: string;
  extension: string;
}

/** What the app learns from its element tree when it starts. */
export interface CollectedRoutes {
  nodes: Map<RouteRef, RouteNode>;
  pages: MountedPage[];
  plugins: Set<CallboardPlugin>;
}

/** Walks the element tree for plugins and for the paths at which their pages are mounted. */
export function collectRoutes(root: ReactNode): CollectedRoutes {
  const collected: CollectedRoutes = { nodes: new Map(), pages: [], plugins: new Set() };
  visit(root, undefined, collected);
  return collected;
}

function visit(tree: ReactNode, parent: RouteNode | undefined, collected: CollectedRoutes): void {
  Children.forEach(tree, element => {
    if (!isValidElement<{ path?: unknown; element?: ReactNode; children?: ReactNode }>(element)) {
      return;
    }
    const plugin = getComponentData<CallboardPlugin>(element, 'core.plugin');
    if (plugin) {
      collected.plugins.add(plugin);
    }
    const { path, element: page, children } = element.props;
    const node = typeof path === 'string' ? { path: trim(path), parent } : parent;
    const mountPoint = getComponentData<RouteRef>(element, 'core.mountPoint');
    if (mountPoint) {
      const page = { pluginId: plugin?.getId() ?? 'app', extension: getComponentData<string>(element, 'core.extensionName') ?? 'App' };
      mount(mountPoint, node, page, collected);
    }
    visit(page, node, collected);
    // Children may be a render function; those hold nothing to mount.
    visit(typeof children === 'function' ? undefined : children, node, collected);
  });
}

function mount(ref: RouteRef, node: RouteNode | undefined, page: Pick<MountedPage, 'pluginId' | 'extension'>, { nodes, pages }: CollectedRoutes): void {
  if (!node) {
    throw new Error(`Routable extension with mount point ${ref} must be the element of a route, or below one`);
  }
  const other = nodes.get(ref);
  if (other && other !== node) {
    throw new Error(`${ref} is mounted twice, at '/${pathOf(other)}' and at '/${pathOf(node)}'`);
  }
  const params = paramsOf(pathOf(node));
  const duplicate = params.find((param, index) => params.indexOf(param) !== index);
  if (duplicate) {
    throw new Error(`Parameter :${duplicate} occurs twice in path '/${pathOf(node)}'`);
  }
  const missing = ref.params.find(param => !params.includes(param));
  if (missing) {
    throw new Error(`${ref} has parameter :${missing}, which path '/${pathOf(node)}' does not have`);
  }
  nodes.set(ref, node);
  pages.push({ ref, node, ...page });
}

/** The whole path of a node, without slashes at its ends. */
export function pathOf(node: RouteNode): string {
  return [node.parent && pathOf(node.parent), node.path].filter(Boolean).join('/');
}

/** The names of the parameters of a path. */
export function paramsOf(path: string): string[] {
  return path
    .split('/')
    .filter(segment => segment.startsWith(':'))
    .map(segment => segment.slice(1).replace(/\?$/, ''));
}

function trim(path: string): string {
  return path.replace(/^\/+/, '').replace(/\/?\*?$/, '');
}
