import { createTranslationRef, type MessageTree, type TranslationRef } from './translationRef';
import { useTranslationRef } from './useTranslationRef';

/** Names the texts of a plugin, with the hook that its components read them by, in the language that is chosen. */
export function createMessages<const Messages extends MessageTree>(
  options: Parameters<typeof createTranslationRef<Messages>>[0],
): { ref: TranslationRef<Messages>; useMessages: () => Messages } {
  const ref = createTranslationRef(options);
  return { ref, useMessages: () => useTranslationRef(ref).messages };
}
