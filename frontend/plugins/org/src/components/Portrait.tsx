import { useState } from 'react';
import styles from './org.module.css';

/** A person's or group's picture, or the initials of its name. */
export function Portrait({ name, picture, size = 32 }: { name: string; picture?: string; size?: 32 | 56 }) {
  const [broken, setBroken] = useState(false);
  const shown = picture && /^(https:|data:image\/)/.test(picture) && !broken;
  return shown ? (
    <img src={picture} alt="" width={size} height={size} className={styles.portrait} onError={() => setBroken(true)} />
  ) : (
    <span className={styles.portrait} data-size={size} aria-hidden>
      {initials(name)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : undefined].map(word => word?.[0]?.toUpperCase() ?? '').join('');
}
