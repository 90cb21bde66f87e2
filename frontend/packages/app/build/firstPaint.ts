import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runnerImport, type Plugin, type Rolldown } from 'vite';
import type * as VariablesModule from '../../theme/src/cssVariables.ts';
import type * as MarkModule from '../../theme/src/mark.ts';
import type * as TokensModule from '../../theme/src/tokens.ts';

const inTheme = (name: string) => fileURLToPath(new URL(`../../theme/src/${name}`, import.meta.url));
const read = (name: string) => readFileSync(join(import.meta.dirname, name), 'utf8');

export interface FirstPage {
  address: string;
  part: string;
}

/** The media queries under which a look holds while nobody has chosen one, later ones over earlier. */
const SYSTEM: readonly [look: string, query: string][] = [
  ['dark', '(prefers-color-scheme: dark)'],
  ['contrast-light', '(prefers-contrast: more)'],
  ['contrast-dark', '(prefers-contrast: more) and (prefers-color-scheme: dark)'],
];

/**
 * Puts what is seen first into the page: the styles of the frame that stands in `index.html`, in every look, and a
 * script that chooses among them. The script is a file, since the gateway's policy allows none in the page.
 *
 * `parts` are chunks that the browser is told of before anything imports them, the large ones first. Those of `pages` it is told of where the
 * address has the form of the page's, which is a regular expression: a guess, since configuration may move pages.
 */
export function firstPaint({ parts, pages }: { parts: readonly string[]; pages: readonly FirstPage[] }): Plugin {
  let script = '/build/firstScript.js';
  return {
    name: 'callboard-first-paint',
    generateBundle() {
      const reference = this.emitFile({ type: 'asset', name: 'firstScript.js', source: read('firstScript.js') });
      script = `/${this.getFileName(reference)}`;
    },
    transformIndexHtml: {
      order: 'post',
      handler: async (html, { bundle }) => {
        const always = bundle ? filesOf(parts, bundle) : [];
        const isNew = (file: string) => !html.includes(`/${file}"`) && !always.includes(file);
        const ofPages = bundle ? pages.map(({ address, part }) => ({ address, links: filesOf([part], bundle).filter(isNew).map(linkTo) })) : [];
        // Nothing is painted before the first script has run, so it is the first thing that the browser fetches.
        const first = [
          `<script type="callboard/pages">${JSON.stringify(ofPages)}</script>`,
          `<script src="${script}"></script>`,
        ];
        return {
          html: html.replace('<!-- what runs first -->', first.join('\n    ')).replace('<!-- the mark -->', await drawnMark()),
          tags: [
            { tag: 'style', children: `@layer first{${await styles()}}`, injectTo: 'head' },
            ...always.filter(file => !html.includes(`/${file}"`)).map(file => ({ tag: 'link', attrs: linkTo(file), injectTo: 'head' as const })),
          ],
        };
      },
    },
  };
}

/** The files of parts, and of what they import. */
function filesOf(parts: readonly string[], bundle: Rolldown.OutputBundle): string[] {
  const files = new Set<string>();
  const add = (file: string) => {
    const chunk = bundle[file];
    if (chunk?.type === 'chunk' && !files.has(file)) {
      files.add(file);
      chunk.imports.forEach(add);
      chunk.viteMetadata?.importedCss.forEach(css => files.add(css));
    }
  };
  for (const part of parts) {
    const chunk = Object.values(bundle).find(one => one.type === 'chunk' && one.name === part);
    if (!chunk) {
      throw new Error(`The build has no part '${part}'`);
    }
    add(chunk.fileName);
  }
  return [...files];
}

/**
 * Has the browser fetch a file that the page's script will ask for, along with that script and without waiting for it. What is
 * painted before the app, and what the app asks the portal for, goes first.
 */
function linkTo(file: string): Record<string, string> {
  const kind: Record<string, string> = file.endsWith('.css') ? { rel: 'preload', as: 'style' } : { rel: 'modulepreload', fetchpriority: 'low' };
  return { ...kind, crossorigin: '', href: `/${file}` };
}

/** The mark as core-components' shell draws it. */
async function drawnMark(): Promise<string> {
  const { size, bars } = (await runnerImport<typeof MarkModule>(inTheme('mark.ts'))).module.mark;
  const drawn = bars.map(({ x, y, width, height, rx }) => `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}"/>`);
  return `<svg width="${size}" height="${size}" viewBox="0 0 ${size} ${size}" fill="currentColor">${drawn.join('')}</svg>`;
}

/** All of it gives way to the app's own styles. */
async function styles(): Promise<string> {
  const { themes } = (await runnerImport<typeof TokensModule>(inTheme('tokens.ts'))).module;
  const { cssVariables } = (await runnerImport<typeof VariablesModule>(inTheme('cssVariables.ts'))).module;
  const fonts = readFileSync(inTheme('nearInter.css'), 'utf8');
  const frame = `${fonts}${read('firstPaint.css')}`.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s+/g, ' ');
  const used = new Set([...frame.matchAll(/var\((--[\w-]+)\)/g)].map(([, name]) => name));
  const rule = (selector: string, id: string) => {
    const look = themes.find(one => one.id === id);
    if (!look) {
      throw new Error(`There is no look '${id}'`);
    }
    const values = Object.entries(cssVariables(look.colors)).filter(([name]) => used.has(name));
    return `${selector}{color-scheme:${look.variant};${values.map(([name, value]) => `${name}:${value}`).join(';')}}`;
  };
  return [
    rule(':root', 'light'),
    ...SYSTEM.map(([id, query]) => `@media ${query}{${rule(':root', id)}}`),
    ...themes.map(({ id }) => rule(`[data-look=${id}]`, id)),
    frame,
  ].join('');
}
