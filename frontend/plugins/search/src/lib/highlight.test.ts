import { expect, it } from 'vitest';
import { partsBeside, splitHighlight } from './highlight';

it('cuts a text at its marks, and takes what looks like markup for text', () => {
  expect(splitHighlight('<a>Shop</a> of <b>all</b> <a>shops</a>', '<a>', '</a>')).toEqual([
    { text: 'Shop', isMatch: true },
    { text: ' of <b>all</b> ', isMatch: false },
    { text: 'shops', isMatch: true },
  ]);
});

it('leaves a text without marks, or with half of one, as it is', () => {
  expect(splitHighlight('Shop', '<a>', '</a>')).toEqual([{ text: 'Shop', isMatch: false }]);
  expect(splitHighlight('A <a>shop', '<a>', '</a>')).toEqual([{ text: 'A shop', isMatch: false }]);
  expect(splitHighlight('Shop', '', '')).toEqual([{ text: 'Shop', isMatch: false }]);
});

it('says of a group or a person what its title does not', () => {
  expect(partsBeside('Web shop', 'Sells. : <a>Web</a> shop', '<a>', '</a>')).toBe('Sells.');
  expect(partsBeside('ada', 'Ada : ada@acme.example', '', '')).toBe('Ada · ada@acme.example');
});
