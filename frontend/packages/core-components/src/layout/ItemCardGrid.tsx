import type { ReactNode } from 'react';
import styles from './layout.module.css';

/** Cards of equal width side by side, as many as there is room for. */
export function ItemCardGrid({ children }: { children?: ReactNode }) {
  return <div className={styles.grid}>{children}</div>;
}

/** The head of a card in a grid. */
export function ItemCardHeader(props: { title?: ReactNode; subtitle?: ReactNode; children?: ReactNode }) {
  return (
    <div className={styles.itemHeader}>
      {props.subtitle && <p className={styles.description}>{props.subtitle}</p>}
      {props.title && <h3>{props.title}</h3>}
      {props.children}
    </div>
  );
}

/** Cards in a row that scrolls sideways. */
export function HorizontalScrollGrid({ label, children }: { label?: string; children?: ReactNode }) {
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a scrollable region must take focus
    <div className={styles.scrollGrid} role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}
