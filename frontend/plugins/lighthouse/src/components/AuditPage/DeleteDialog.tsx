import { ConfirmDialog } from '@callboard/core-components';
import type { useAuditAction } from '../../hooks/useLighthouse';
import { useMessages } from '../../translation';

/** Asks before an audit is deleted. */
export function DeleteDialog(props: { id: string; remove: ReturnType<typeof useAuditAction>; onClose(): void }) {
  const text = useMessages().audit;
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
