import type { JsonValue } from '@callboard/types';

/** One field that changed. A value that is missing was not there, or was null. */
export interface FieldChange {
  /** The members that lead to it: `['metadata', 'annotations', 'example.com/id']`. */
  path: string[];
  /** Of a list that was there before and after: the items that went. When only their order changed, both are empty. */
  before?: JsonValue;
  /** Of a list that was there before and after: the items that came. */
  after?: JsonValue;
  /** Names or values were too long: texts end in an ellipsis, lists lack items. */
  shortened?: boolean;
}

/** How `metadata` and `spec` of an entity differ from what they were before. */
export interface EntityChange {
  /** Position of the new version in the change feed. */
  revision: number;
  time: string;
  /** The location that the new version was read from, as `url:https://...`. */
  location?: string;
  fields: FieldChange[];
  /** How many fields changed beside those. */
  moreFields: number;
}

export interface GetEntityChangesRequest {
  entityRef: string;
  /** At most 50, which is how many are kept. */
  limit?: number;
  cursor?: string;
}

/** Newest first. */
export interface GetEntityChangesResponse {
  items: EntityChange[];
  pageInfo: { nextCursor?: string };
}
