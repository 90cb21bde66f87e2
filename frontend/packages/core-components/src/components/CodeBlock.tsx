import { Fragment, type ReactNode } from 'react';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import { CopyButton } from './CopyButton';
import styles from './components.module.css';

/** Past this length colours and line numbers cost more than they give. */
const MAX_DECORATED_LENGTH = 200_000;

/** Text in a fixed pitch, with a button to copy it. */
export function CodeBlock(props: { text: string; language?: 'yaml' | 'json'; label?: string; numbered?: boolean }) {
  const { text, language, label, numbered } = props;
  const messages = useMessages();
  const decorated = text.length <= MAX_DECORATED_LENGTH;
  return (
    <div className={styles.code}>
      <div className={styles.codeActions}>
        <CopyButton text={text} label={messages.copy} />
      </div>
      {/* Reachable by keyboard so that it can be scrolled by it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must take focus */}
      <pre tabIndex={0} role="region" aria-label={label} className={classes(numbered && decorated && styles.numbered)}>
        {decorated ? text.trimEnd().split('\n').map((line, index) => (
          <Fragment key={index}>
            <span>{language ? highlight(line, language) : line}</span>
            {'\n'}
          </Fragment>
        )) : text}
      </pre>
    </div>
  );
}

const patterns = {
  yaml: /^(\s*(?:- )*)([^\s:#'"][^:#]*?|'[^']*'|"[^"]*")(:)(?=\s|$)(.*)$/,
  json: /^(\s*)("(?:[^"\\]|\\.)*")(:)(.*)$/,
};

/** Colours a line's key and its plain value; both notations are regular enough, line by line. */
function highlight(line: string, language: 'yaml' | 'json'): ReactNode {
  const match = patterns[language].exec(line);
  if (!match) {
    return <span className={valueClass(line)}>{line}</span>;
  }
  const [, indent, key, colon, value = ''] = match;
  return (
    <>
      {indent}
      <span className={styles.key}>{key}</span>
      {colon}
      <span className={valueClass(value)}>{value}</span>
    </>
  );
}

function valueClass(value: string): string | undefined {
  const trimmed = value.trim().replace(/,$/, '');
  if (/^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)$/.test(trimmed)) {
    return styles.literal;
  }
  return /^["']/.test(trimmed) ? styles.string : undefined;
}
