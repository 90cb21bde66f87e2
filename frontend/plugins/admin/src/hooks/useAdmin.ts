import { ANNOTATION_ORIGIN_LOCATION, type Location } from '@callboard/catalog-model';
import { alertApiRef, useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { adminApiRef, type AdminApi } from '../api/AdminApi';
import type { AuditQuery } from '../api/types';
import { RANGES, type Range } from '../lib/usage';
import { useAdminConfig } from './useAdminConfig';

function useRefreshInterval(): number {
  return useAdminConfig().refreshSeconds * 1000;
}

/** Every unit with its replicas, read again and again. */
export function useUnits() {
  const api = useApi(adminApiRef);
  return useQuery({
    queryKey: ['admin', 'units'],
    refetchInterval: useRefreshInterval(),
    queryFn: ({ signal }) => api.listUnits({ signal }),
  });
}

/** The providers of the catalog, read again and again. */
export function useProviders() {
  const api = useApi(adminApiRef);
  return useQuery({
    queryKey: ['admin', 'providers'],
    refetchInterval: useRefreshInterval(),
    queryFn: ({ signal }) => api.listProviders({ signal }),
  });
}

/** Registered locations, read again when the catalog changes. */
export function useLocations() {
  const api = useApi(adminApiRef);
  return useQuery({ queryKey: ['catalog', 'locations'], queryFn: ({ signal }) => api.listLocations({ signal }) });
}

const ORIGIN = `metadata.annotations.${ANNOTATION_ORIGIN_LOCATION}`;
const FAILED = { 'status.items.level': 'error' };
/** So many of the entities that failed are named; what is wrong with these is mostly what is wrong with the others. */
const MOST_FAILED = 50;

/** What came from a location. */
export interface LocationContent {
  isRead: boolean;
  /** None where all that it describes came from another location first. */
  entities: number;
  failed: number;
}

/** How many entities came from each registered location, and how many of them have an error, read again and again. */
export function useLocationContents() {
  const catalogApi = useApi(catalogApiRef);
  return useQuery({
    queryKey: ['catalog', 'location-contents'],
    refetchInterval: useRefreshInterval(),
    queryFn: async ({ signal }) => {
      const [all, failed] = await Promise.all(
        [undefined, FAILED].map(async filter => {
          const { facets } = await catalogApi.getEntityFacets({ facets: [ORIGIN], filter }, { signal });
          return new Map(facets[ORIGIN]?.map(({ value, count }) => [value, count]));
        }),
      );
      return (location: Location): LocationContent => {
        const origin = originOf(location);
        const found = all?.get(origin) ?? 0;
        // The location itself is one of the entities that came from it.
        return { isRead: found > 0, entities: Math.max(0, found - 1), failed: failed?.get(origin) ?? 0 };
      };
    },
  });
}

/** The entities from a location that have an error. */
export function useFailedEntities(location: Location) {
  const catalogApi = useApi(catalogApiRef);
  const origin = originOf(location);
  return useQuery({
    queryKey: ['catalog', 'location-failures', origin],
    queryFn: async ({ signal }) => {
      const filter = { ...FAILED, [ORIGIN]: origin };
      return (await catalogApi.queryEntities({ filter, fields: ['kind', 'metadata', 'status'], limit: MOST_FAILED }, { signal })).items;
    },
  });
}

function originOf({ type, target }: Location): string {
  return `${type}:${target}`;
}

/** A page of the audit log. */
export function useAuditEvents(query: AuditQuery) {
  const api = useApi(adminApiRef);
  return useQuery({
    queryKey: ['admin', 'audit', query],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.listAuditEvents(query, { signal }),
  });
}

/** All proxy endpoints. */
export function useEndpoints() {
  const api = useApi(adminApiRef);
  return useQuery({ queryKey: ['admin', 'endpoints'], queryFn: ({ signal }) => api.listEndpoints({ signal }) });
}

/** What went through one endpoint, or through each of all, until now; with the stretch of time that was asked for. */
export function useUsage(range: Range, route?: string) {
  const api = useApi(adminApiRef);
  return useQuery({
    queryKey: ['admin', 'usage', range, route],
    refetchInterval: useRefreshInterval(),
    placeholderData: keepPreviousData,
    queryFn: async ({ signal }) => {
      const to = new Date();
      const from = new Date(to.getTime() - RANGES[range]);
      return { from, to, usage: await api.getUsage({ route, from, to }, { signal }) };
    },
  });
}

/** Changes something, says so, and reads anew what may show it. */
export function useChange<Input>(
  change: (api: AdminApi, input: Input) => Promise<unknown>,
  { message, changes }: { message: string; changes: readonly (readonly string[])[] },
) {
  const api = useApi(adminApiRef);
  const alertApi = useApi(alertApiRef);
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => change(api, input),
    onSuccess: async () => {
      alertApi.post({ message, severity: 'success', display: 'transient' });
      await Promise.all(changes.map(queryKey => queryClient.invalidateQueries({ queryKey })));
    },
  });
}
