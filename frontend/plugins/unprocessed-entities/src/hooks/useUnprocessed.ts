import { ResponseError } from '@callboard/catalog-client';
import { fetchApiRef, useApi, type FetchApi } from '@callboard/core-plugin-api';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { REASONS, type Reason } from '../lib/pageState';

/** An error in Backstage's serialised form. */
export interface ProcessingError {
  name: string;
  message: string;
  cause?: ProcessingError;
}

/** An entity that is not there, or not as its source has it. Names are those of Backstage's module. */
export interface UnprocessedEntity {
  entity_ref: string;
  entity_id?: string;
  reason: Reason;
  errors: ProcessingError[];
  /** The location it was read from, as `url:https://...`. */
  location_key: string;
  /** The Location entity that emits it; none when a provider does. */
  emitted_by?: string;
  since: string | null;
  /** None when it is tried again only after its source has changed. */
  next_update_at?: string;
  /** As its parent emitted it; null for a conflict, or for what cannot be parsed. */
  unprocessed_entity: object | null;
}

export interface UnprocessedPage {
  items: UnprocessedEntity[];
  totalItems: number;
  pageInfo: { nextCursor?: string };
}

const PAGE = 50;

/** A page of what is unprocessed for a reason, read anew when the catalog changes. */
export function useUnprocessed(reason: Reason, cursor: string | undefined) {
  const fetchApi = useApi(fetchApiRef);
  return useQuery({
    queryKey: ['catalog', 'unprocessed', reason, cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => readPage(fetchApi, { reason, limit: PAGE, cursor }, signal),
  });
}

/** How many there are for each reason, once that is known. */
export function useCounts(): Record<Reason, number | undefined> {
  const fetchApi = useApi(fetchApiRef);
  const results = useQueries({
    queries: REASONS.map(reason => ({
      queryKey: ['catalog', 'unprocessed', 'count', reason],
      queryFn: ({ signal }: { signal: AbortSignal }) => readPage(fetchApi, { reason, limit: 1 }, signal),
    })),
  });
  return Object.fromEntries(REASONS.map((reason, index) => [reason, results[index]?.data?.totalItems])) as Record<
    Reason,
    number | undefined
  >;
}

async function readPage(
  fetchApi: FetchApi,
  { reason, limit, cursor }: { reason: Reason; limit: number; cursor?: string },
  signal: AbortSignal,
): Promise<UnprocessedPage> {
  const query = new URLSearchParams({ reason, limit: String(limit), ...(cursor && { cursor }) });
  const response = await fetchApi.fetch(`plugin://catalog/entities/unprocessed?${query}`, { signal });
  if (!response.ok) {
    throw await ResponseError.fromResponse(response, 'GET');
  }
  return (await response.json()) as UnprocessedPage;
}
