import { useId, type CSSProperties, type ReactNode } from 'react';
import { Link } from '../links/Link';
import { ErrorBoundary, type ErrorBoundaryProps } from '../errors/ErrorBoundary';
import { classes } from '../lib/classes';
import styles from './cards.module.css';

export interface DeepLink {
  title: string;
  link: string;
}

/** A titled card, with Backstage's properties. */
export function InfoCard(props: {
  title?: ReactNode;
  subheader?: ReactNode;
  /** `fullHeight` and `gridItem` take the height of their row. */
  variant?: 'flex' | 'fullHeight' | 'gridItem';
  /** A link at the foot. */
  deepLink?: DeepLink;
  /** In the head, to the right. */
  action?: ReactNode;
  actionsTopRight?: ReactNode;
  headerProps?: { className?: string; style?: CSSProperties };
  /** Where to get help when the content fails, which then fails alone. */
  slackChannel?: ErrorBoundaryProps['slackChannel'];
  errorBoundaryProps?: ErrorBoundaryProps;
  /** At the foot. */
  actions?: ReactNode;
  icon?: ReactNode;
  /** A line between head and content; there is one by default. */
  divider?: boolean;
  noPadding?: boolean;
  className?: string;
  cardClassName?: string;
  children?: ReactNode;
}) {
  const { title, subheader, variant, deepLink, action = props.actionsTopRight, actions, icon, divider = true, noPadding, children } = props;
  const titleId = useId();
  const hasHead = title !== undefined || subheader !== undefined || action !== undefined;
  return (
    <section
      className={classes(styles.card, variant && styles.fullHeight, props.className)}
      aria-labelledby={title === undefined ? undefined : titleId}
    >
      {hasHead && (
        <header className={classes(styles.head, divider && styles.divider, props.headerProps?.className)} style={props.headerProps?.style}>
          {icon}
          <div className={styles.titles}>
            {title !== undefined && (
              <h2 id={titleId} className={styles.title}>
                {title}
              </h2>
            )}
            {subheader !== undefined && <div className={styles.subheader}>{subheader}</div>}
          </div>
          {action}
        </header>
      )}
      <div className={classes(styles.body, noPadding && styles.noPadding, props.cardClassName)}>
        <ErrorBoundary slackChannel={props.slackChannel} {...props.errorBoundaryProps}>
          {children}
        </ErrorBoundary>
      </div>
      {actions !== undefined && <div className={styles.foot}>{actions}</div>}
      {deepLink && <BottomLink {...deepLink} />}
    </section>
  );
}

/** A link over the whole foot of a card. */
export function BottomLink({ link, title }: DeepLink) {
  return (
    <Link to={link} className={styles.bottomLink}>
      {title}
    </Link>
  );
}
