import { ANNOTATION_EDIT_URL, ANNOTATION_LOCATION, ANNOTATION_VIEW_URL, type Entity } from '@callboard/catalog-model';
import { isScriptUrl } from '@callboard/core-components';

/** Where a person reads and edits the file of an entity, as far as it says so. */
export function sourceLinks({ metadata: { annotations = {} } }: Entity): { view?: string; edit?: string } {
  return { view: pageUrl(annotations[ANNOTATION_VIEW_URL]), edit: pageUrl(annotations[ANNOTATION_EDIT_URL]) };
}

/** Whether the catalog can read the entity's file again. */
export function hasFile({ metadata }: Entity): boolean {
  return /^(url|file):/.test(metadata.annotations?.[ANNOTATION_LOCATION] ?? '');
}

/** Annotations are written by anybody; only what leads to a page is made a link. */
function pageUrl(url: string | undefined): string | undefined {
  return url && /^https?:/i.test(url) && !isScriptUrl(url) ? url : undefined;
}
