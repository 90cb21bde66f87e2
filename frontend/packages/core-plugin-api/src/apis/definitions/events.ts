import type { Subscription } from '@callboard/types';
import { createApiRef } from '../ApiRef';

/** What to be told of. Without any member, every change of the catalog that the person may see. */
export interface LiveSelection {
  entityRefs?: readonly string[];
  /** Filters as of the catalog's list of entities, such as `kind=component`. */
  filters?: readonly string[];
  /** Ids of audits whose progress is followed. */
  audits?: readonly string[];
}

/** An entity that changed; one that stops to match the selection's filters counts as deleted. */
export interface EntityChange {
  type: 'upsert' | 'delete';
  entityRef: string;
  uid?: string;
  etag?: string;
}

/** How far an audit is. */
export interface AuditProgress {
  id: string;
  url: string;
  status: string;
  stage?: string;
  percent?: number;
  failure?: string;
}

export type LiveEvent =
  | { type: 'ready'; revision: number }
  | { type: 'catalog'; revision: number; changes: readonly EntityChange[] }
  /** Changes were missed: read anew what is shown. */
  | { type: 'reset'; revision: number }
  | { type: 'audit'; audit: AuditProgress }
  | { type: 'audit-error'; id: string; error: { name: string; message: string } };

/** Tells of changes as they happen. Where the portal cannot, nothing is ever told, and pages are as fresh as their last load. */
export interface EventsApi {
  subscribe(selection: LiveSelection, listener: (event: LiveEvent) => void): Subscription;
}

export const eventsApiRef = createApiRef<EventsApi>({ id: 'core.events' });
