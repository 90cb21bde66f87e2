import type { ReactNode } from 'react';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import styles from './code.module.css';
import { CopyButton } from './CopyButton';

/** What text in a fixed pitch stands in. Each of its lines is an element with `data-line`, before which its number stands. */
export function CodeFrame(props: {
  /** What the button copies; without it there is none. */
  copied?: string;
  /** Names it to those who listen. */
  label?: string;
  numbered?: boolean;
  className?: string;
  children?: ReactNode;
}) {
  const { copied, label, numbered, className, children } = props;
  const messages = useMessages();
  return (
    <div className={classes(styles.frame, className)}>
      {copied !== undefined && (
        <div className={styles.actions}>
          <CopyButton text={copied} label={messages.copy} />
        </div>
      )}
      {/* Reachable by keyboard so that it can be scrolled by it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must take focus */}
      <pre tabIndex={0} role="region" aria-label={label} data-numbered={numbered || undefined}>
        {children}
      </pre>
    </div>
  );
}
