import type { SerializedError } from '@callboard/errors';

/** Why an entity is not there, or not as its source has it. */
export type UnprocessedReason = 'failed' | 'conflict' | 'pending';

/** An entity that is not there, or not as its source has it. Names are those of Backstage's module. */
export interface UnprocessedEntity {
  entity_ref: string;
  entity_id?: string;
  reason: UnprocessedReason;
  errors: SerializedError[];
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

export interface UnprocessedEntitiesRequest {
  reason: UnprocessedReason;
  /** At most 1000. */
  limit?: number;
  cursor?: string;
}

export interface UnprocessedEntitiesResponse {
  items: UnprocessedEntity[];
  totalItems: number;
  pageInfo: { nextCursor?: string };
}
