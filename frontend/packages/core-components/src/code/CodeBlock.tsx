import { Fragment, type ReactNode } from 'react';
import { CodeFrame } from './CodeFrame';
import styles from '../components/components.module.css';

/** Past this length colours and line numbers cost more than they give. */
const MAX_DECORATED_LENGTH = 200_000;

/** Text in a fixed pitch, with a button to copy it. */
export function CodeBlock(props: { text: string; language?: 'yaml' | 'json'; label?: string; numbered?: boolean }) {
  const { text, language, label, numbered } = props;
  const decorated = text.length <= MAX_DECORATED_LENGTH;
  return (
    <CodeFrame copied={text} label={label} numbered={numbered && decorated}>
      {decorated
        ? text.trimEnd().split('\n').map((line, index) => (
            <Fragment key={index}>
              <span data-line>{language ? highlight(line, language) : line}</span>
              {'\n'}
            </Fragment>
          ))
        : text}
    </CodeFrame>
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
