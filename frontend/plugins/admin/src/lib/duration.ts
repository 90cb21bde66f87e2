const PATTERN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;
const UNITS = ['day', 'hour', 'minute', 'second'];

/** A duration of ISO 8601 in words, `30 minutes`; as it is where it is none. */
export function durationWords(text: string): string {
  const parts = PATTERN.exec(text)?.slice(1) ?? [];
  const words = parts.flatMap((part, index) => (part && Number(part) > 0 ? `${part} ${UNITS[index]}${Number(part) === 1 ? '' : 's'}` : []));
  return words.join(' ') || text;
}
