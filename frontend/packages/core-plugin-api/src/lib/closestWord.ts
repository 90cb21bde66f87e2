/** The one of some words that a mistyped one was probably meant to be: at most a third of its letters differ. */
export function closestWord(mistyped: string, words: readonly string[]): string | undefined {
  const near = words
    .map(word => ({ word, changes: changesBetween(mistyped.toLowerCase(), word.toLowerCase()) }))
    .filter(({ word, changes }) => changes <= Math.max(1, Math.ceil(word.length / 3)))
    .sort((a, b) => a.changes - b.changes);
  return near[0]?.word;
}

/** How many letters have to be put in, taken out or replaced to make one text of the other (Levenshtein's distance). */
function changesBetween(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (let column = 0; column < to.length; column++) {
      const replaced = (row[column] ?? 0) + (letter === to[column] ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
