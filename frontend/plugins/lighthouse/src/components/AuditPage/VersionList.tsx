import { Skeleton, Time } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { NavLink } from 'react-router-dom';
import type { Audit } from '../../api/types';
import { scoreIn } from '../../lib/scores';
import { useMessages } from '../../translation';
import { auditRouteRef } from '../../routes';
import { AuditStatusMark } from '../parts/AuditStatusMark';
import { Score } from '../parts/Score';
import styles from './AuditPage.module.css';

/** The audits of a website, newest first, to switch between. */
export function VersionList({ audits, current }: { audits: Audit[] | undefined; current: string }) {
  const messages = useMessages();
  const auditPath = useRouteRef(auditRouteRef);
  return (
    <nav aria-label={messages.audit.versions} className={styles.versions}>
      <ul>
        {audits?.map(audit => (
          <li key={audit.id}>
            <NavLink to={auditPath({ id: audit.id })} className={styles.version} aria-current={audit.id === current ? 'page' : undefined}>
              <AuditStatusMark audit={audit} terse />
              <span className={styles.when}>
                <Time at={audit.timeCreated} />
                {audit.formFactor && <span className={styles.device}>{messages.formFactors[audit.formFactor]}</span>}
              </span>
              {audit.status === 'COMPLETED' && <Score score={scoreIn(audit.categories, 'performance')} />}
            </NavLink>
          </li>
        )) ??
          Array.from({ length: 5 }, (_, row) => (
            <li key={row} className={styles.version}>
              <Skeleton width="70%" />
            </li>
          ))}
      </ul>
    </nav>
  );
}
