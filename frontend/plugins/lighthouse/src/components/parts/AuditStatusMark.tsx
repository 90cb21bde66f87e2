import { CircleAlert, CircleCheck, LoaderCircle } from 'lucide-react';
import type { Audit } from '../../api/types';
import { useMessages } from '../../translation';
import styles from './parts.module.css';

const icons = { RUNNING: LoaderCircle, COMPLETED: CircleCheck, FAILED: CircleAlert };

/** How far an audit is, by sign and word. Why it failed is said on hover. */
export function AuditStatusMark({ audit, terse }: { audit: Audit; terse?: boolean }) {
  const messages = useMessages();
  const { status, stage, failure } = audit;
  const Icon = icons[status];
  const label = messages.statuses[status];
  return (
    <span className={styles.status} data-status={status} title={failure?.message ?? (stage && messages.stages[stage])}>
      <Icon size={16} role={terse ? 'img' : undefined} aria-label={terse ? label : undefined} aria-hidden={!terse} />
      {!terse && label}
    </span>
  );
}
