import type { ReactNode } from 'react';
import styles from './layout.module.css';

/** The head of a page's content: a second title, and what can be done to the right of it. */
export function ContentHeader(props: {
  title?: string;
  titleComponent?: ReactNode;
  description?: string;
  descriptionComponent?: ReactNode;
  textAlign?: 'left' | 'right' | 'center';
  children?: ReactNode;
}) {
  const { title, titleComponent, description, descriptionComponent, textAlign = 'left', children } = props;
  return (
    <div className={styles.contentHeader}>
      <div style={{ textAlign }}>
        {titleComponent ?? (title && <h2 className={styles.contentTitle}>{title}</h2>)}
        {descriptionComponent ?? (description && <p className={styles.description}>{description}</p>)}
      </div>
      {children && <div className={styles.contentActions}>{children}</div>}
    </div>
  );
}
