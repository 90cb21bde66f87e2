import { isOrphan, type Entity } from '@callboard/catalog-model';
import { lazy, Suspense } from 'react';

// Most pages of entities are looked at, and nothing is removed.
const DeleteEntityDialog = lazy(() => import('./DeleteEntityDialog').then(m => ({ default: m.DeleteEntityDialog })));
const UnregisterDialog = lazy(() => import('./UnregisterDialog').then(m => ({ default: m.UnregisterDialog })));

/** The way an entity leaves the catalog: what nothing declares is deleted, the rest goes with its location. */
export function RemovalDialog({ entity, onClose }: { entity: Entity; onClose(): void }) {
  const Dialog = isOrphan(entity) ? DeleteEntityDialog : UnregisterDialog;
  return (
    <Suspense>
      <Dialog entity={entity} onClose={onClose} />
    </Suspense>
  );
}
