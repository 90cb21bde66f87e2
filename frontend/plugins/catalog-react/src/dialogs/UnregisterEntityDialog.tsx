import { isOrphan, type Entity } from '@callboard/catalog-model';
import { lazy, Suspense } from 'react';

// Most pages of entities are looked at, and nothing is removed.
const DeleteEntityDialog = lazy(() => import('./RemovalDialogs/DeleteEntityDialog').then(m => ({ default: m.DeleteEntityDialog })));
const UnregisterDialog = lazy(() => import('./RemovalDialogs/UnregisterDialog').then(m => ({ default: m.UnregisterDialog })));

export interface RemovalProps {
  entity: Entity;
  /** It is gone; whoever looks at its page has to go elsewhere. */
  onRemoved(): void | Promise<void>;
  onClose(): void;
}

export interface UnregisterEntityDialogProps {
  open: boolean;
  entity: Entity;
  /** It is gone; whoever looks at its page has to go elsewhere. */
  onConfirm(): void | Promise<void>;
  onClose(): void;
}

/** The way an entity leaves the catalog: what nothing declares is deleted, the rest goes with its location. */
export function UnregisterEntityDialog(props: UnregisterEntityDialogProps) {
  const { open, entity, onConfirm, onClose } = props;
  const Dialog = isOrphan(entity) ? DeleteEntityDialog : UnregisterDialog;
  return <Suspense>{open && <Dialog entity={entity} onRemoved={onConfirm} onClose={onClose} />}</Suspense>;
}
