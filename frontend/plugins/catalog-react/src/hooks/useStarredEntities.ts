import { storageApiRef, useApi, useApiHolder } from '@callboard/core-plugin-api';
import { useEffect, useMemo, useState } from 'react';
import { starredEntitiesApiRef, StoredStarredEntities, type StarredEntitiesApi } from '../apis/starredEntities';
import { refOf, type EntityOrRef } from '../entities/entityOrRef';

type Refs = ReadonlySet<string>;

/** The entities a person has starred, the latest last. */
export function useStarredEntities() {
  const stars = useStarredEntitiesApi();
  const [starredEntities, setStarredEntities] = useState<Refs>(() => starredNow(stars));
  useEffect(() => {
    // What is told at first is mostly what is shown already, and then there is nothing to draw anew.
    const show = (refs: Refs) => setStarredEntities(shown => (isSame(shown, refs) ? shown : refs));
    const subscription = stars.starredEntitie$().subscribe(show);
    return () => subscription.unsubscribe();
  }, [stars]);
  return useMemo(
    () => ({
      starredEntities,
      isStarredEntity: (entityOrRef: EntityOrRef) => starredEntities.has(refOf(entityOrRef)),
      toggleStarredEntity: (entityOrRef: EntityOrRef) => void stars.toggleStarred(refOf(entityOrRef)),
    }),
    [stars, starredEntities],
  );
}

/** The same of one entity. */
export function useStarredEntity(entityOrRef: EntityOrRef) {
  const { isStarredEntity, toggleStarredEntity } = useStarredEntities();
  return { isStarredEntity: isStarredEntity(entityOrRef), toggleStarredEntity: () => toggleStarredEntity(entityOrRef) };
}

/** The app's; one that has none, such as that of a test, keeps them in its storage. */
function useStarredEntitiesApi(): StarredEntitiesApi {
  const own = useApiHolder().get(starredEntitiesApiRef);
  const storageApi = useApi(storageApiRef);
  return useMemo(() => own ?? new StoredStarredEntities({ storageApi }), [own, storageApi]);
}

/** What is told of at once; none where that takes a moment. */
function starredNow(stars: StarredEntitiesApi): Refs {
  let starred: Refs = new Set();
  stars.starredEntitie$().subscribe(refs => (starred = refs)).unsubscribe();
  return starred;
}

/** The same entities in the same order. */
function isSame(some: Refs, others: Refs): boolean {
  const refs = [...others];
  return some.size === refs.length && [...some].every((ref, index) => ref === refs[index]);
}
