import { lazy, Suspense, type ComponentProps } from 'react';
import { isPlainText } from '../lib/plainText';
import { isScriptUrl, Link } from '../links/Link';
import styles from './components.module.css';

const Renderer = lazy(() => import('markdown-to-jsx/react').then(m => ({ default: m.default })));

function SafeLink({ href = '', children }: ComponentProps<'a'>) {
  return isScriptUrl(href) || href === '' ? <span>{children}</span> : <Link to={href}>{children}</Link>;
}

/** A picture from elsewhere would tell that place who reads this; its words do. */
function PictureText({ alt }: ComponentProps<'img'>) {
  return <em>{alt}</em>;
}

/** How the addresses of links and pictures are changed. */
export interface MarkdownAddresses {
  transformLinkUri?(address: string): string;
  transformImageUri?(address: string): string;
}

const options = {
  disableParsingRawHTML: true,
  forceBlock: true,
  overrides: { a: SafeLink, img: PictureText, h1: 'h3', h2: 'h3' },
} as const;

/** Text written by anybody, as Markdown. HTML in it is shown, never run. */
export function Markdown({ children, transformLinkUri, transformImageUri }: MarkdownAddresses & { children: string }) {
  const sanitizer = (address: string, _tag: string, attribute: string) =>
    (attribute === 'href' ? transformLinkUri : transformImageUri)?.(address) ?? address;
  return (
    <div className={styles.markdown}>
      {isPlainText(children) ? (
        <p>{children}</p>
      ) : (
        // The words are there at once; their form follows.
        <Suspense fallback={<p>{children}</p>}>
          <Renderer options={transformLinkUri || transformImageUri ? { ...options, sanitizer } : options}>{children}</Renderer>
        </Suspense>
      )}
    </div>
  );
}
