/** What can be told of this library's pages before the app is there. It is loaded apart from the app, and imports next to nothing. */
import type { Entity } from '@callboard/catalog-model';
import { isPlainText } from '@callboard/core-components/plainText';
import { titlesOfKind } from './entities/kindTitles';
import { kindOfAddress } from './entityIndex/lib/kindOfAddress';

/**
 * What a page that lists entities is called, as the query of its address says or else the kind it begins with; nothing
 * where it lists every kind, which each language has its own word for.
 */
export function indexHeading(query: string, initialKind?: string): string | undefined {
  const kind = kindOfAddress(new URLSearchParams(query), initialKind);
  return kind && titlesOfKind(kind).plural;
}

/** What the page of an entity begins with, as the answer to a question by references tells it: its title, and a description that has no form. */
export function entityLead(answer: unknown): { title?: string; text?: string } | undefined {
  const [entity] = (answer as { items?: (Entity | null)[] } | undefined)?.items ?? [];
  const { title, description } = entity?.metadata ?? {};
  return { title, text: description !== undefined && isPlainText(description) ? description : undefined };
}
