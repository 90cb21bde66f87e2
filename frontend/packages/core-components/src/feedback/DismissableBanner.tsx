import IconButton from '@mui/material/IconButton';
import { AlertTriangle, CircleAlert, Info, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from '../lib/classes';
import { useDismissed } from '../hooks/useDismissed';
import { useMessages } from '../translation';
import styles from './feedback.module.css';

const icons = { info: Info, warning: AlertTriangle, error: CircleAlert };

/** A message across the page that a person can put away for good. */
export function DismissableBanner(props: {
  /** What it is remembered by once it was put away. */
  id: string;
  variant?: keyof typeof icons;
  message: ReactNode;
  fixed?: boolean;
}) {
  const messages = useMessages();
  const { id, variant = 'info', message, fixed } = props;
  const { isDismissed, setDismissed } = useDismissed();
  if (isDismissed(id)) {
    return undefined;
  }
  const Icon = icons[variant];
  return (
    <div className={classes(styles.banner, styles[variant], fixed && styles.fixed)} role="status">
      <Icon size={16} aria-hidden />
      <div className={styles.bannerText}>{message}</div>
      <IconButton aria-label={messages.shell.dismiss} onClick={() => setDismissed(id, true)}>
        <X size={14} aria-hidden />
      </IconButton>
    </div>
  );
}
