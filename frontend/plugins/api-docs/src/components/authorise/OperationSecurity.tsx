import { Tag } from '@callboard/core-components';
import { Fragment } from 'react';
import type { Requirement } from '../../lib/security';
import { useMessages } from '../../translation';
import styles from '../apiDocs.module.css';
import { AuthoriseButton, useAuthorisation } from './AuthorisationProvider';

/** What an operation wants to know of who asks, and how much of that was given. */
export function OperationSecurity({ security }: { security: readonly Requirement[] }) {
  const text = useMessages().authorise;
  const { given } = useAuthorisation();
  if (security.length === 0) {
    return undefined;
  }
  return (
    <div className={styles.message}>
      <span className={styles.muted}>{text.needs}</span>
      {security.map((requirement, index) => (
        <Fragment key={JSON.stringify(requirement)}>
          {index > 0 && <span className={styles.muted}>{text.or}</span>}
          {Object.keys(requirement).length === 0 && <span>{text.optional}</span>}
          {Object.entries(requirement).map(([name, scopes]) => (
            <Tag key={name} tone={given[name] ? 'success' : undefined}>
              {[name, ...scopes].join(' ')} {given[name] && text.given}
            </Tag>
          ))}
        </Fragment>
      ))}
      <AuthoriseButton />
    </div>
  );
}
