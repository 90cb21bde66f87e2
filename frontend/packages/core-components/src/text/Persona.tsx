import type { ReactNode } from 'react';
import { Avatar } from './Avatar';
import styles from './text.module.css';

/** A person or a team: picture, name and how to reach them, and below what else is known. */
export function Persona(props: { name: string; picture?: string; contact?: ReactNode; children?: ReactNode }) {
  const { name, picture, contact, children } = props;
  return (
    <div className={styles.persona}>
      <Avatar displayName={name} picture={picture} size={56} isDecorative />
      <div>
        <p className={styles.personaName}>{name}</p>
        {contact && <p className={styles.personaContact}>{contact}</p>}
      </div>
      {children && <div className={styles.personaMore}>{children}</div>}
    </div>
  );
}
