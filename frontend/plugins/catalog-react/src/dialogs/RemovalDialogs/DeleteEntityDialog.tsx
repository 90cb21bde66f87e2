import { ConfirmDialog } from '@callboard/core-components';
import { entityTitle } from '../../entities/presentation';
import { useMessages } from '../../translation';
import type { RemovalProps } from '../UnregisterEntityDialog';
import { useRemoval } from './useRemoval';

/** Asks before an entity that nothing declares any more is deleted. */
export function DeleteEntityDialog({ entity, onRemoved, onClose }: RemovalProps) {
  const text = useMessages().removal;
  const removal = useRemoval(onRemoved);
  const { uid } = entity.metadata;
  return (
    <ConfirmDialog
      title={text.deleteTitle(entityTitle(entity))}
      action={text.deleteEntity}
      danger
      busy={removal.isPending}
      error={removal.error}
      onConfirm={() => uid && removal.mutate({ uid })}
      onClose={onClose}
    >
      <p>{text.orphan}</p>
    </ConfirmDialog>
  );
}
