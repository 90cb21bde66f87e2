/** A piece of a line in one look. */
export interface AnsiChunk {
  text: string;
  /** A CSS class of the log, such as `red` or `bold`. */
  looks: readonly string[];
}

const COLORS = ['black', 'red', 'green', 'yellow', 'blue', 'magenta', 'cyan', 'white'];
// eslint-disable-next-line no-control-regex -- escape sequences begin with the escape character
const SEQUENCE = /\u001b\[([0-9;]*)([A-Za-z])/g;

/** The lines of a log, each in pieces by the colours that its escape sequences name. Other sequences are left out. */
export function parseAnsi(text: string): AnsiChunk[][] {
  let looks: string[] = [];
  return text.split(/\r?\n/).map(line => {
    const chunks: AnsiChunk[] = [];
    let end = 0;
    const add = (piece: string) => piece && chunks.push({ text: piece, looks });
    for (const match of line.matchAll(SEQUENCE)) {
      add(line.slice(end, match.index));
      end = match.index + match[0].length;
      if (match[2] === 'm') {
        looks = apply(looks, (match[1] ?? '').split(';').map(Number));
      }
    }
    add(line.slice(end));
    return chunks;
  });
}

function apply(looks: readonly string[], codes: readonly number[]): string[] {
  let next = [...looks];
  for (const code of codes) {
    if (code === 0) {
      next = [];
    } else if (code === 1) {
      next = [...next.filter(look => look !== 'bold'), 'bold'];
    } else if (code === 22) {
      next = next.filter(look => look !== 'bold');
    } else if ((code >= 30 && code <= 39) || (code >= 90 && code <= 97)) {
      const color = COLORS[code % 10];
      next = [...next.filter(look => !COLORS.includes(look)), ...(code === 39 || !color ? [] : [color])];
    }
  }
  return next;
}
