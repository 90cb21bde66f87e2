/** What can be told of this library's pages before the app is there. It is loaded apart from the app, and imports next to nothing. */
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
