// Cuts a YAML text into its documents, by the document markers, with the line each starts on.
'use strict';

/**
 * The documents of `text` that are not blank, in order: `{text, line}` with the 1-based line of the first character.
 *
 * A line that begins with `---` starts a document. That is wrong inside a block scalar at column 0, which valid YAML does not have.
 */
function splitDocuments(text) {
  const documents = [];
  let current = { text: '', line: 1 };
  text.split(/(?<=\n)/).forEach((line, index) => {
    if (/^---(\s|$)/.test(line)) {
      documents.push(current);
      current = { text: '', line: index + 1 };
    }
    current.text += line;
  });
  documents.push(current);
  return documents.filter(({ text: body }) => body.split('\n').some(line => /[^\s]/.test(line) && !/^\s*#|^---\s*$/.test(line)));
}

module.exports = { splitDocuments };
