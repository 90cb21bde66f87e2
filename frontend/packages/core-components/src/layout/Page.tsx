import type { ReactNode } from 'react';
import { classes } from '../lib/classes';
import styles from './layout.module.css';

/** The frame of a page: a `Header`, then `Content`. */
export function Page(props: {
  /** A name that Backstage colours headers by; here all are alike. */
  themeId?: string;
  className?: string;
  children?: ReactNode;
}) {
  return <div className={classes(styles.page, props.className)}>{props.children}</div>;
}
