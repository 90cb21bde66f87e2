import { useApiHolder } from '@callboard/core-plugin-api';
import { useEffect, useMemo, useState } from 'react';
import { defaultEntityPresentation, entityPresentationApiRef, type EntityRefPresentationSnapshot, type PresentationContext } from '../apis/presentationApi';
import { isEntity, refOf, type EntityOrRef } from '../entities/entityOrRef';

/** How an entity is shown: by what is known at once, and then by what is read of it. */
export function useEntityPresentation(
  entityOrRef: EntityOrRef,
  { defaultKind, defaultNamespace }: PresentationContext = {},
): EntityRefPresentationSnapshot {
  const presentationApi = useApiHolder().get(entityPresentationApiRef);
  // The parts of a reference are made anew wherever they are written.
  const shown = isEntity(entityOrRef) ? entityOrRef : refOf(entityOrRef);
  const presentation = useMemo(() => {
    const context = { defaultKind, defaultNamespace };
    return presentationApi?.forEntity(shown, context) ?? { snapshot: defaultEntityPresentation(shown, context), update$: undefined };
  }, [presentationApi, shown, defaultKind, defaultNamespace]);
  const [latest, setLatest] = useState<{ of: object; snapshot: EntityRefPresentationSnapshot }>();
  useEffect(() => {
    const subscription = presentation.update$?.subscribe(snapshot => setLatest({ of: presentation, snapshot }));
    return () => subscription?.unsubscribe();
  }, [presentation]);
  return latest?.of === presentation ? latest.snapshot : presentation.snapshot;
}
