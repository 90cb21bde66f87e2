import type { EntityFilters } from './types';

/** What the address says of a list, as `?filters[kind]=component&filters[tags]=java&limit=20&cursor=...`. */
export interface ListAddress {
  filters: Record<string, string | string[]>;
  limit?: number;
  offset?: number;
  cursor?: string;
}

const PLACE = ['limit', 'offset', 'cursor'] as const;

/** A cursor holds the question; one of a long list of entities is too long for an address. */
const MAX_CURSOR_LENGTH = 1_500;

export function parseListAddress(params: URLSearchParams): ListAddress {
  const values = new Map<string, string[]>();
  for (const [key, value] of params) {
    // A list may be written with or without the places of its values.
    const name = /^filters\[([^\]]+)\](\[\d*\])?$/.exec(key)?.[1];
    if (name) {
      values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  const filters = Object.fromEntries([...values].map(([name, all]) => [name, all.length === 1 && all[0] !== undefined ? all[0] : all]));
  const cursor = params.get('cursor') ?? undefined;
  return { filters, limit: natural(params.get('limit'), 1), offset: natural(params.get('offset'), 0), cursor };
}

/** The address with a list's filters and place; what else stands there stays. */
export function writeListAddress(
  params: URLSearchParams,
  filters: EntityFilters,
  place: Omit<ListAddress, 'filters'>,
): URLSearchParams {
  const next = new URLSearchParams([...params].filter(([key]) => !key.startsWith('filters[') && !PLACE.includes(key as never)));
  // In one order, whichever picker came first.
  for (const [name, filter] of Object.entries(filters).sort(([a], [b]) => Number(a > b) - Number(a < b))) {
    [filter?.toQueryValue?.() ?? []].flat().forEach(value => value !== '' && next.append(`filters[${name}]`, value));
  }
  for (const key of PLACE) {
    const value = place[key];
    if (value !== undefined && String(value).length <= MAX_CURSOR_LENGTH) {
      next.set(key, String(value));
    }
  }
  return next;
}

function natural(text: string | null, least: number): number | undefined {
  const value = text ? Number(text) : Number.NaN;
  return Number.isInteger(value) && value >= least ? value : undefined;
}
