import type { ReactNode } from 'react';
import { useMessages, type Messages } from '../translation';
import styles from './feedback.module.css';

type Kind = keyof Messages['status'];

/** A dot of a colour, and words; where there are none, the name of the status for those who listen. */
function Status({ kind, children }: { kind: Kind; children?: ReactNode }) {
  const messages = useMessages();
  const label = messages.status[kind];
  return (
    <span className={styles.status} data-status={kind}>
      <span className={styles.dot} role="img" aria-label={`${label}:`} title={label} />
      {children}
    </span>
  );
}

interface StatusProps {
  children?: ReactNode;
}

export const StatusOK = (props: StatusProps) => <Status kind="ok" {...props} />;
export const StatusWarning = (props: StatusProps) => <Status kind="warning" {...props} />;
export const StatusError = (props: StatusProps) => <Status kind="error" {...props} />;
export const StatusPending = (props: StatusProps) => <Status kind="pending" {...props} />;
export const StatusRunning = (props: StatusProps) => <Status kind="running" {...props} />;
export const StatusAborted = (props: StatusProps) => <Status kind="aborted" {...props} />;
