import { compiler } from 'markdown-to-jsx/react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import { isPlainText } from './plainText';

const html = (text: string) => renderToStaticMarkup(compiler(text, { disableParsingRawHTML: true, forceBlock: true }));

it.each(['Keeps the ledger of the shop, and its up-to-date balance.', "Who's on call? 24/7: see (below); 3.5 % (more) - or less!", 'Zahlungen für Österreich', '2nd line = 1st line + 1'])(
  'finds no form in %j, which Markdown leaves as it is',
  text => {
    expect(isPlainText(text)).toBe(true);
    expect(html(text)).toBe(html('x').replace('x', text.replace(/'/g, '&#x27;')));
  },
);

it.each(['*hard*', '_soft_', '`code`', '# Head', '[a](b)', 'https://acme.example', 'www.acme.example', 'a@acme.example', '- one', '+ one', '1. one', '2) two', 'one\n\ntwo', '~~no~~', '| a |', '    code', '> said', '\\*', '&amp;', '---'])(
  'leaves %j to Markdown',
  text => expect(isPlainText(text)).toBe(false),
);
