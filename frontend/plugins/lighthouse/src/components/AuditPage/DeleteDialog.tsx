import { ConfirmDialog } from '@callboard/core-components';
import type { useAuditAction } from '../../hooks/useLighthouse';
import { messages } from '../../messages';

const text = messages.audit;

/** Asks before an audit is deleted. */
export function DeleteDialog(props: { id: string; remove: ReturnType<typeof useAuditAction>; onClose(): void }) {
  const { id, remove, onClose } = props;
  return (
    <ConfirmDialog
      title={text.removeTitle}
      action={text.remove}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate({ id, action: 'delete' })}
      onClose={onClose}
    >
      <p>{text.removeText}</p>
    </ConfirmDialog>
  );
}
