import { CircleAlert, CircleCheck, CircleDashed, CircleDot, CirclePause, CircleSlash, LoaderCircle, type LucideProps } from 'lucide-react';
import { toneOf } from '../lib/status';
import { useMessages } from '../translation';
import styles from './status.module.css';

/** What stands for a status, by sign as well as by colour. */
function Sign({ status, ...rest }: { status: string } & LucideProps) {
  if (status === 'running') {
    return <LoaderCircle {...rest} />;
  }
  switch (toneOf(status)) {
    case 'success':
      return <CircleCheck {...rest} />;
    case 'danger':
      return <CircleAlert {...rest} />;
    case 'warning':
      return <CirclePause {...rest} />;
    case 'info':
      return <CircleDot {...rest} />;
    default:
      return <CircleSlash {...rest} />;
  }
}

/** A status by sign, colour and, unless `terse`, word. */
export function Status({ status, terse }: { status: string | undefined; terse?: boolean }) {
  const messages = useMessages();
  if (!status) {
    return <CircleDashed size={16} className={styles.unknown} aria-hidden />;
  }
  const label = messages.statuses[status] ?? status.replace(/[_-]/g, ' ');
  return (
    <span className={styles.status} data-tone={toneOf(status)} data-status={status} title={terse ? label : undefined}>
      <Sign status={status} size={16} role={terse ? 'img' : undefined} aria-label={terse ? label : undefined} aria-hidden={!terse} />
      {!terse && label}
    </span>
  );
}
