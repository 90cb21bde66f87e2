import { alertApiRef, useApi, type AlertMessage } from '@callboard/core-plugin-api';
import IconButton from '@mui/material/IconButton';
import { AlertTriangle, CircleAlert, CircleCheck, Info, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { classes } from '../lib/classes';
import { useMessages } from '../translation';
import styles from './shell.module.css';

const icons = { success: CircleCheck, info: Info, warning: AlertTriangle, error: CircleAlert };

export interface AlertDisplayProps {
  /** In which corner; below to the right by itself. */
  anchorOrigin?: { vertical: 'top' | 'bottom'; horizontal: 'left' | 'center' | 'right' };
  /** How long a transient message stays, in milliseconds. */
  transientTimeoutMs?: number;
}

const BELOW_RIGHT = { vertical: 'bottom', horizontal: 'right' } as const;

let nextId = 0;

/** Shows what the alert API is given, in a corner, read out to those who listen. */
export function AlertDisplay({ anchorOrigin: { vertical, horizontal } = BELOW_RIGHT, transientTimeoutMs = 5000 }: AlertDisplayProps) {
  const messages = useMessages();
  const alertApi = useApi(alertApiRef);
  const [alerts, setAlerts] = useState<(AlertMessage & { id: number })[]>([]);

  useEffect(() => {
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const remove = (id: number) => setAlerts(current => current.filter(alert => alert.id !== id));
    const subscription = alertApi.alert$().subscribe(alert => {
      nextId += 1;
      const id = nextId;
      setAlerts(current => [...current.filter(other => other.message !== alert.message), { ...alert, id }]);
      if (alert.display === 'transient') {
        timers.add(setTimeout(() => remove(id), transientTimeoutMs));
      }
    });
    return () => {
      subscription.unsubscribe();
      timers.forEach(clearTimeout);
    };
  }, [alertApi, transientTimeoutMs]);

  return (
    <section className={classes(styles.alerts, styles[vertical], styles[horizontal])} aria-label={messages.shell.notifications} aria-live="polite">
      {alerts.map(({ id, message, severity = 'info' }) => {
        const Icon = icons[severity];
        return (
          <div key={id} className={classes(styles.alert, styles[severity])}>
            <Icon size={16} aria-hidden />
            <p>{message}</p>
            <IconButton
              aria-label={messages.shell.dismiss}
              onClick={() => setAlerts(current => current.filter(alert => alert.id !== id))}
            >
              <X size={14} aria-hidden />
            </IconButton>
          </div>
        );
      })}
    </section>
  );
}
