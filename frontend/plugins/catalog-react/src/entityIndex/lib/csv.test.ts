import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';

const cells = (...row: string[]) => toCsv([row]).replace(/^\u{feff}/u, '').replace(/\r\n$/, '');

describe('CSV', () => {
  it('begins with the mark of UTF-8, and ends each line as the standard says', () => {
    expect(toCsv([['Name'], ['Björn']])).toBe('\u{feff}Name\r\nBjörn\r\n');
  });

  it.each([
    ['plain', 'plain'],
    ['a,b', '"a,b"'],
    ['a;b', '"a;b"'],
    ['say "hi"', '"say ""hi"""'],
    ['two\nlines', '"two\nlines"'],
    [' padded', '" padded"'],
    ['', ''],
  ])('writes %j as %s', (text, expected) => {
    expect(cells(text, 'next')).toBe(`${expected},next`);
  });

  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '＝1', '\t=1', '\r=1'])('keeps a spreadsheet from running %j', text => {
    expect(cells(text).replace(/^"/, '')).toBe(`'${text}${/\s/.test(text.slice(0, 1)) && text.startsWith('\r') ? '"' : ''}`);
  });

  it('keeps a formula with a comma from running, too', () => {
    expect(cells('=HYPERLINK("https://evil.example","x")')).toBe(`"'=HYPERLINK(""https://evil.example"",""x"")"`);
  });
});
