import hljs from 'highlight.js/lib/core';
import type { LanguageFn } from 'highlight.js';
import { use, type ReactNode } from 'react';

const loaders: Readonly<Record<string, () => Promise<{ default: LanguageFn }>>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  css: () => import('highlight.js/lib/languages/css'),
  diff: () => import('highlight.js/lib/languages/diff'),
  dockerfile: () => import('highlight.js/lib/languages/dockerfile'),
  go: () => import('highlight.js/lib/languages/go'),
  graphql: () => import('highlight.js/lib/languages/graphql'),
  ini: () => import('highlight.js/lib/languages/ini'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  kotlin: () => import('highlight.js/lib/languages/kotlin'),
  markdown: () => import('highlight.js/lib/languages/markdown'),
  protobuf: () => import('highlight.js/lib/languages/protobuf'),
  python: () => import('highlight.js/lib/languages/python'),
  ruby: () => import('highlight.js/lib/languages/ruby'),
  rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const aliases: Readonly<Record<string, string>> = {
  html: 'xml',
  js: 'javascript',
  jsx: 'javascript',
  md: 'markdown',
  proto: 'protobuf',
  py: 'python',
  rs: 'rust',
  sh: 'bash',
  shell: 'bash',
  toml: 'ini',
  ts: 'typescript',
  tsx: 'typescript',
  yml: 'yaml',
};

const loading = new Map<string, Promise<string | undefined>>();

/** Loads a language once; the result is the name to highlight by, or undefined where there is none. */
function load(language: string): Promise<string | undefined> {
  const lower = language.toLowerCase();
  const name = aliases[lower] ?? lower;
  const known = loading.get(name);
  if (known) {
    return known;
  }
  const promise = Promise.resolve(loaders[name]?.()).then(
    module => {
      if (!module) {
        return undefined;
      }
      hljs.registerLanguage(name, module.default);
      return name;
    },
    // Without its colours the text is still the text.
    () => undefined,
  );
  loading.set(name, promise);
  return promise;
}

/** The lines of a text in colours, once the language has loaded. */
export function ColoredLines(props: {
  text: string;
  language: string;
  row(index: number): Record<string, unknown>;
  fallback: ReactNode;
}) {
  const name = use(load(props.language));
  if (name === undefined) {
    return props.fallback;
  }
  const html = hljs.highlight(props.text, { language: name, ignoreIllegals: true }).value;
  return splitLines(html).map((line, index) => (
    // The highlighter escapes the text; what is left of HTML are its own spans.
    <span key={index} {...props.row(index)} dangerouslySetInnerHTML={{ __html: `${line}\n` }} />
  ));
}

/** Lines of which each is complete: a span that goes over several is closed at the end of each and opened again. */
function splitLines(html: string): string[] {
  const open: string[] = [];
  return html.split('\n').map(line => {
    const start = open.join('');
    for (const [tag] of line.matchAll(/<span [^>]*>|<\/span>/g)) {
      if (tag === '</span>') {
        open.pop();
      } else {
        open.push(tag);
      }
    }
    return `${start}${line}${'</span>'.repeat(open.length)}`;
  });
}
