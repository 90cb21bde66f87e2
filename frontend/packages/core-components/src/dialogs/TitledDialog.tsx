import Dialog, { type DialogProps } from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import { X } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { useMessages } from '../translation';
import styles from '../components/components.module.css';

/** A dialog with a title, a way out and, at its foot, what can be done. */
export function TitledDialog(props: {
  title: string;
  open?: boolean;
  maxWidth?: DialogProps['maxWidth'];
  /** Buttons, the one that does it last. */
  actions?: ReactNode;
  onClose(): void;
  children?: ReactNode;
}) {
  const messages = useMessages();
  const { title, open = true, maxWidth = 'sm', actions, onClose, children } = props;
  const titleId = useId();
  return (
    <Dialog open={open} onClose={onClose} fullWidth maxWidth={maxWidth} aria-labelledby={titleId}>
      <div className={styles.dialogHead}>
        <h2 id={titleId}>{title}</h2>
        <IconButton onClick={onClose} aria-label={messages.close}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.dialogBody}>{children}</div>
      {actions && <div className={styles.dialogActions}>{actions}</div>}
    </Dialog>
  );
}
