import type { ReactNode } from 'react';
import { Avatar } from './Avatar';
import styles from './text.module.css';

/** A person or a team: picture, name, and below it what else is known. */
export function Persona({ name, picture, children }: { name: string; picture?: string; children?: ReactNode }) {
  return (
    <div className={styles.persona}>
      <Avatar displayName={name} picture={picture} size={56} isDecorative />
      <div className={styles.personaText}>
        <p className={styles.personaName}>{name}</p>
        {children}
      </div>
    </div>
  );
}
