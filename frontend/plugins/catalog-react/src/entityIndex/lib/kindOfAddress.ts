export const DEFAULT_KIND = 'component';

/** The kind that a page lists, in lower case, as its address says or else as it begins; undefined for every kind. */
export function kindOfAddress(params: URLSearchParams, start = DEFAULT_KIND): string | undefined {
  const kind = (params.get('kind') ?? params.get('filters[kind]') ?? start).toLowerCase();
  return kind === 'all' ? undefined : kind;
}
