import { Markdown } from '../components/Markdown';

/** Markdown written by anybody, with Backstage's properties. HTML in it is shown, never run, and pictures from elsewhere are not loaded. */
export function MarkdownContent(props: {
  content: string;
  /** Both are read alike. */
  dialect?: 'gfm' | 'common-mark';
  className?: string;
}) {
  const { content, className } = props;
  return (
    <div className={className}>
      <Markdown>{content}</Markdown>
    </div>
  );
}
