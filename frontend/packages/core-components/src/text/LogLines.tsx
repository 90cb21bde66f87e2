import { useState, type ReactNode, type RefObject } from 'react';
import { useMessages } from '../translation';
import type { AnsiChunk } from './ansi';
import styles from './text.module.css';

/** Mirrors the style sheet: lines of one height can be placed without being drawn. */
export const LINE_HEIGHT = 20;
/** Lines kept ready above and below those in view. */
const OVERSCAN = 30;
/** As many as fit before the viewport has been measured. */
const FIRST_LINES = 60;

/** The lines of a log that are in view. */
export function LogLines(props: {
  viewport: RefObject<HTMLDivElement | null>;
  lines: readonly (readonly AnsiChunk[])[];
  shown: readonly number[];
  isWrapped: boolean;
  search: string;
  marked: number;
  onSelect(index: number): void;
}) {
  const messages = useMessages();
  const { viewport, lines, shown, isWrapped, search, marked, onSelect } = props;
  const [top, setTop] = useState(0);
  const first = isWrapped ? 0 : Math.max(0, Math.floor(top / LINE_HEIGHT) - OVERSCAN);
  const last = isWrapped ? shown.length : first + FIRST_LINES + 2 * OVERSCAN;
  const window = shown.slice(first, last);
  return (
    <div
      ref={viewport}
      className={styles.logLines}
      data-wrapped={isWrapped || undefined}
      role="region"
      aria-label={messages.log.label}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must take focus
      tabIndex={0}
      onScroll={event => setTop(event.currentTarget.scrollTop)}
    >
      <div style={isWrapped ? undefined : { height: shown.length * LINE_HEIGHT, paddingTop: first * LINE_HEIGHT }}>
        {window.map(index => (
          <div key={index} className={styles.logLine} data-marked={index === marked || undefined}>
            <button type="button" className={styles.logNumber} aria-label={messages.log.line(index + 1)} onClick={() => onSelect(index)}>
              {index + 1}
            </button>
            <span className={styles.logText}>
              {(lines[index] ?? []).map((chunk, position) => (
                <span key={position} className={chunk.looks.map(look => styles[look]).join(' ') || undefined}>
                  {highlighted(chunk.text, search)}
                </span>
              ))}
            </span>
          </div>
        ))}
      </div>
    </div>
  );
}

function highlighted(text: string, search: string): ReactNode {
  if (search === '') {
    return text;
  }
  const parts: ReactNode[] = [];
  const lower = text.toLowerCase();
  let from = 0;
  for (let at = lower.indexOf(search.toLowerCase()); at >= 0; at = lower.indexOf(search.toLowerCase(), from)) {
    parts.push(text.slice(from, at), <mark key={at}>{text.slice(at, at + search.length)}</mark>);
    from = at + search.length;
  }
  return [...parts, text.slice(from)];
}
