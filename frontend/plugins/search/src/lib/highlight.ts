/** A piece of a text that was found, and whether it is what was looked for. */
export interface Piece {
  text: string;
  isMatch: boolean;
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
