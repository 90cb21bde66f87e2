/** A piece of a text that was found, and whether it is what was looked for. */
export interface Piece {
  text: string;
  isMatch: boolean;
}

/** What the catalog puts between the parts of a text about a group or a person. */
const BETWEEN_PARTS = ' : ';

/** The parts of a text about a group or a person that its title does not say already, marks and all. */
export function partsBeside(title: string, marked: string, preTag: string, postTag: string): string {
  const unmarked = (part: string) => splitHighlight(part, preTag, postTag).map(({ text }) => text).join('');
  return marked
    .split(BETWEEN_PARTS)
    .filter(part => unmarked(part) !== title)
    .join(' · ');
}

/** Cuts a text at the marks that the server has put around matches. A mark that is never closed marks nothing. */
export function splitHighlight(text: string, preTag: string, postTag: string): Piece[] {
  const pieces: Piece[] = [];
  let rest = text;
  for (;;) {
    const start = preTag === '' ? -1 : rest.indexOf(preTag);
    const end = start === -1 || postTag === '' ? -1 : rest.indexOf(postTag, start + preTag.length);
    if (end === -1) {
      pieces.push({ text: rest.replaceAll(preTag, ''), isMatch: false });
      return pieces.filter(piece => piece.text !== '');
    }
    pieces.push({ text: rest.slice(0, start), isMatch: false });
    pieces.push({ text: rest.slice(start + preTag.length, end), isMatch: true });
    rest = rest.slice(end + postTag.length);
  }
}
