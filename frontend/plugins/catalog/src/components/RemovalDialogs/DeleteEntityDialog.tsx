import type { Entity } from '@callboard/catalog-model';
import { ConfirmDialog } from '@callboard/core-components';
import { entityTitle } from '@callboard/plugin-catalog-react';
import { useRemoval } from '../../hooks/useRemoval';
import { useMessages } from '../../translation';

/** Asks before an entity that nothing declares any more is deleted. */
export function DeleteEntityDialog({ entity, onClose }: { entity: Entity; onClose(): void }) {
  const text = useMessages().removal;
  const removal = useRemoval();
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
