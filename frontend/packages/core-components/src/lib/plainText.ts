/** What begins a heading, a list, code, a link or any other form of Markdown, or would become a link by itself. */
const FORM = /[\n*_`#[\]<>|~\\&@]|:\/\/|www\.|^\s*(?:[-+]|\d+[.)])\s|^ {4}|^[-=]+$/i;

/** Whether a text reads the same with and without Markdown: one paragraph of words, as most descriptions are. */
export function isPlainText(text: string): boolean {
  return !FORM.test(text);
}
