import type { MouseEventHandler, ReactNode } from 'react';
import { Link } from '../links/Link';
import { classes } from '../lib/classes';
import styles from './layout.module.css';

export interface IconLinkVerticalProps {
  label: string;
  icon?: ReactNode;
  href?: string;
  onClick?: MouseEventHandler<HTMLElement>;
  disabled?: boolean;
  /** More about it, on hover. */
  title?: string;
  color?: 'primary' | 'secondary';
}

/** A way to something, an icon above its name; greyed where there is no such thing. */
export function IconLinkVertical({ label, icon, href, onClick, disabled, title, color }: IconLinkVerticalProps) {
  const content = (
    <>
      {icon}
      <span>{label}</span>
    </>
  );
  const className = classes(styles.iconLink, color === 'secondary' && styles.secondary);
  if (href !== undefined && !disabled) {
    return (
      <Link className={className} to={href} title={title} onClick={onClick} externalLinkIcon={false}>
        {content}
      </Link>
    );
  }
  return (
    <button type="button" className={className} title={title} disabled={disabled || !onClick} onClick={onClick}>
      {content}
    </button>
  );
}

/** Ways to what belongs to a page or card, side by side. */
export function HeaderIconLinkRow({ links, children }: { links: readonly IconLinkVerticalProps[]; children?: ReactNode }) {
  return (
    <nav className={styles.iconLinks}>
      {links.map(link => (
        <IconLinkVertical key={link.label} {...link} />
      ))}
      {children}
    </nav>
  );
}
