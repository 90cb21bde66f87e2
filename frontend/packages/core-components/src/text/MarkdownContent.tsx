import { Markdown, type MarkdownAddresses } from '../components/Markdown';

/** Markdown written by anybody, with Backstage's properties. HTML in it is shown, never run, and pictures from elsewhere are not loaded. */
export function MarkdownContent(props: MarkdownAddresses & {
  content: string;
  /** Both are read alike. */
  dialect?: 'gfm' | 'common-mark';
  /** Links out of the portal open a tab of their own in any case. */
  linkTarget?: string;
  className?: string;
}) {
  const { content, className, transformLinkUri, transformImageUri } = props;
  return (
    <div className={className}>
      <Markdown transformLinkUri={transformLinkUri} transformImageUri={transformImageUri}>{content}</Markdown>
    </div>
  );
}
