/** What makes a spreadsheet take a cell for a formula and run it; anybody can register an entity whose name starts so. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** By this mark spreadsheets recognise UTF-8. */
const BYTE_ORDER_MARK = '\u{feff}';

/** Rows as CSV by RFC 4180. What a spreadsheet would run as a formula has an apostrophe in front, by which it is text. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return BYTE_ORDER_MARK + rows.map(row => `${row.map(cell).join(',')}\r\n`).join('');
}

function cell(text: string): string {
  const harmless = FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n]|^\s|\s$/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
