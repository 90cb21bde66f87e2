import { eventsApiRef, useApi, type LiveEvent } from '@callboard/core-plugin-api';
import { isOfOneEntity } from '@callboard/plugin-catalog-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useSyncExternalStore } from 'react';

/** Changes of so long are answered by one new look. */
const GATHER_MS = 1_000;

/** Has what is shown of the catalog read anew when it changes. It shows nothing itself. */
export function CatalogLiveUpdates() {
  const eventsApi = useApi(eventsApiRef);
  const queryClient = useQueryClient();
  const isVisible = useSyncExternalStore(watchVisibility, () => document.visibilityState === 'visible');

  // A page that nobody sees holds no connection: browsers allow few for all tabs together.
  useEffect(() => {
    if (!isVisible) {
      return undefined;
    }
    let changed: Changes | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let hasMissed = false;
    const look = () => {
      const refs = hasMissed ? undefined : changed;
      timer = undefined;
      changed = undefined;
      hasMissed = false;
      void queryClient.invalidateQueries({ queryKey: ['catalog'], predicate: ({ queryKey }) => isAffected(queryKey, refs) });
    };
    const { unsubscribe } = eventsApi.subscribe({}, (event: LiveEvent) => {
      if (event.type !== 'catalog' && event.type !== 'reset') {
        return;
      }
      changed ??= new Map();
      hasMissed ||= event.type === 'reset';
      if (event.type === 'catalog') {
        event.changes.forEach(({ entityRef, type }) => changed?.set(entityRef, type));
      }
      timer ??= setTimeout(look, GATHER_MS);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
      // What happens from here on is not told.
      void queryClient.invalidateQueries({ queryKey: ['catalog'], refetchType: 'none' });
    };
  }, [eventsApi, queryClient, isVisible]);
  return undefined;
}

/** What became of entities last, by their references. */
type Changes = Map<string, 'upsert' | 'delete'>;

/** Whether what was asked may have changed. `refs` is undefined when anything may have. */
function isAffected([, what, subject]: readonly unknown[], refs: Changes | undefined): boolean {
  if (!refs) {
    return true;
  }
  if (what === 'entity') {
    return refs.has(String(subject));
  }
  // What is gone came from nothing that could be asked for.
  if (isOfOneEntity(what)) {
    return refs.get(String(subject)) === 'upsert';
  }
  return what === 'by-refs' && Array.isArray(subject) ? subject.some(ref => refs.has(String(ref))) : true;
}

function watchVisibility(notify: () => void): () => void {
  document.addEventListener('visibilitychange', notify);
  return () => document.removeEventListener('visibilitychange', notify);
}
