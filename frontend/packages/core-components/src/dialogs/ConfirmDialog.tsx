import Button from '@mui/material/Button';
import type { ReactNode } from 'react';
import { ErrorPanel } from '../errors/ErrorPanel';
import { useMessages } from '../translation';
import { TitledDialog } from './TitledDialog';

/** Asks before something is done that cannot be taken back, and tells when it failed. */
export function ConfirmDialog(props: {
  title: string;
  children?: ReactNode;
  /** What the button says: the verb of what happens. */
  action: string;
  danger?: boolean;
  busy?: boolean;
  error?: Error | null;
  onConfirm(): void;
  onClose(): void;
}) {
  const messages = useMessages();
  const { title, children, action, danger, busy, error, onConfirm, onClose } = props;
  return (
    <TitledDialog
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{messages.cancel}</Button>
          <Button variant="contained" color={danger ? 'error' : 'primary'} loading={busy} onClick={onConfirm}>
            {action}
          </Button>
        </>
      }
    >
      {children}
      {error && <ErrorPanel error={error} />}
    </TitledDialog>
  );
}
