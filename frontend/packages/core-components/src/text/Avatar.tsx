import { useState, type CSSProperties } from 'react';
import styles from './text.module.css';

const HUES = ['component', 'api', 'resource', 'system', 'domain', 'group', 'user', 'template'];

/** The picture of a person or team; initials on a colour of their own where there is none, or it does not load. */
export function Avatar(props: {
  displayName?: string;
  picture?: string;
  size?: number;
  customStyles?: CSSProperties;
  /** Beside the name, which says the same. */
  isDecorative?: boolean;
}) {
  const { displayName = '', picture, size = 32, customStyles, isDecorative } = props;
  const [failed, setFailed] = useState<string>();
  if (picture && /^(https:|data:image\/|\/)/.test(picture) && failed !== picture) {
    return (
      <img
        className={styles.avatar}
        src={picture}
        alt={isDecorative ? '' : displayName}
        width={size}
        height={size}
        style={customStyles}
        referrerPolicy="no-referrer"
        onError={() => setFailed(picture)}
      />
    );
  }
  const hue = HUES[[...displayName].reduce((sum, character) => sum + character.charCodeAt(0), 0) % HUES.length];
  return (
    <span
      className={styles.avatar}
      style={{
        width: size,
        height: size,
        fontSize: size * 0.4,
        color: `var(--cb-kind-${hue})`,
        background: `var(--cb-kind-${hue}-tint)`,
        ...customStyles,
      }}
      {...(isDecorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': displayName, title: displayName })}
    >
      {initials(displayName)}
    </span>
  );
}

function initials(name: string): string {
  const words = name.trim().split(/[\s.@_-]+/).filter(Boolean);
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return chosen.map(word => word?.[0]?.toUpperCase() ?? '').join('');
}
