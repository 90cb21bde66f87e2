import { lazy, Suspense } from 'react';
import { CodeFrame } from '../code/CodeFrame';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import styles from './text.module.css';

/** Past this length colours cost more than they give. */
const MAX_COLORED_LENGTH = 100_000;

const ColoredLines = lazy(() => import('./ColoredLines').then(m => ({ default: m.ColoredLines })));

/** Source text in the colours of its language, which come when they have loaded. */
export function CodeSnippet(props: {
  text: string;
  /** Such as `yaml`, `json`, `typescript`, `bash` or `rust`; plain where it is unknown. */
  language?: string;
  showLineNumbers?: boolean;
  showCopyCodeButton?: boolean;
  highlightedNumbers?: readonly number[];
  /** Breaks long lines instead of scrolling sideways. */
  wrapLongLines?: boolean;
  /** Names it to those who listen. */
  label?: string;
}) {
  const messages = useMessages();
  const { text, language, showLineNumbers, showCopyCodeButton, highlightedNumbers = [], wrapLongLines, label = messages.code } = props;
  const lines = text.replace(/\n$/, '').split('\n');
  const isColored = language !== undefined && text.length <= MAX_COLORED_LENGTH;
  const row = (index: number) => ({ className: styles.line, 'data-line': true, 'data-marked': highlightedNumbers.includes(index + 1) || undefined });
  const plain = lines.map((line, index) => (
    <span key={index} {...row(index)}>
      {line}
      {'\n'}
    </span>
  ));
  return (
    <CodeFrame copied={showCopyCodeButton ? text : undefined} label={label} numbered={showLineNumbers} className={classes(styles.snippet, wrapLongLines && styles.wrapped)}>
      <code>
        {isColored ? (
          <Suspense fallback={plain}>
            <ColoredLines text={lines.join('\n')} language={language} row={row} fallback={plain} />
          </Suspense>
        ) : (
          plain
        )}
      </code>
    </CodeFrame>
  );
}
