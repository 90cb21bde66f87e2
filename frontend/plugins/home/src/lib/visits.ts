import { stringifyEntityRef } from '@callboard/catalog-model';
import type { IconOrName, PageParams } from '@callboard/core-plugin-api';
import { matchPath } from 'react-router-dom';

/** A page that a person has looked at. A type rather than an interface, so that it counts as JSON. */
export type Visit = {
  path: string;
  /** How many times. */
  hits: number;
  /** When last, in milliseconds since 1970. */
  at: number;
};

/** What a page is about: an entity, or what the navigation calls it. */
export type VisitedPage = { path: string } & ({ entityRef: string } | { title: string; icon?: IconOrName });

/** So many pages are remembered. */
export const MAX_VISITS = 100;

/** What page a path belongs to, with tabs and the like left off. Undefined for one that nothing can be said about. */
export function pageOf(pathname: string, pages: readonly PageParams[]): VisitedPage | undefined {
  const matches = pages.flatMap(page => {
    const match = matchPath({ path: page.path, end: page.path === '/' }, pathname);
    return match ? [{ page, match }] : [];
  });
  const found = matches.sort((a, b) => b.page.path.split('/').length - a.page.path.split('/').length)[0];
  if (!found) {
    return undefined;
  }
  const { page, match } = found;
  const { kind, namespace, name } = match.params;
  const path = match.pathnameBase;
  if (kind && namespace && name) {
    return { path: path.toLowerCase(), entityRef: stringifyEntityRef({ kind, namespace, name }) };
  }
  return page.title && !page.path.includes(':') ? { path, title: page.title, icon: page.icon } : undefined;
}

/** Whether a path is another, or below it. */
export function isBelow(path: string, above: string): boolean {
  return `${path}/`.toLowerCase().startsWith(`${above.replace(/\/$/, '')}/`.toLowerCase());
}

/** Counts a visit. Of too many pages those are forgotten that were looked at the longest ago. */
export function addVisit(visits: readonly Visit[], path: string, at: number): Visit[] {
  const hits = visits.find(visit => visit.path === path)?.hits ?? 0;
  return latestFirst([...visits.filter(visit => visit.path !== path), { path, hits: hits + 1, at }]).slice(0, MAX_VISITS);
}

/** The latest first. */
export function latestFirst(visits: readonly Visit[]): Visit[] {
  return [...visits].sort((a, b) => b.at - a.at);
}

/** Those looked at the most times first. */
export function mostFirst(visits: readonly Visit[]): Visit[] {
  return [...visits].sort((a, b) => b.hits - a.hits || b.at - a.at);
}
