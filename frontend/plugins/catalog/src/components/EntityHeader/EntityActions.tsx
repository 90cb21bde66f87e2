import type { Entity } from '@callboard/catalog-model';
import { InspectEntityDialog, UnregisterEntityDialog, useEntityOffers } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { Code2, Ellipsis, RefreshCw } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useRefreshEntity } from '../../hooks/useRefreshEntity';
import { hasFile, sourceLinks } from '../../lib/sourceLinks';
import { useToCatalog } from '../../hooks/useToCatalog';
import { useMessages } from '../../translation';

// Menus are no small part of the library, and the page shows without.
const EntityMenu = lazy(() => import('./EntityMenu').then(m => ({ default: m.EntityMenu })));

/** What can be done with an entity. */
export function EntityActions({ entity }: { entity: Entity }) {
  const text = useMessages().entity;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [params, setParams] = useSearchParams();
  const [isRemoving, setRemoving] = useState(false);
  const { view: viewUrl } = sourceLinks(entity);

  const inspect = (view: string | undefined) => {
    const next = new URLSearchParams(params);
    if (view) {
      next.set('inspect', view);
    } else {
      next.delete('inspect');
    }
    setParams(next, { replace: true });
  };
  const inspected = params.get('inspect');
  const toCatalog = useToCatalog();

  return (
    <>
      {hasFile(entity) && <RefreshButton entity={entity} />}
      {viewUrl && (
        <Button href={viewUrl} target="_blank" rel="noreferrer noopener" startIcon={<Code2 size={14} />}>
          {text.viewSource}
        </Button>
      )}
      <IconButton
        aria-label={text.more}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <Ellipsis size={16} aria-hidden />
      </IconButton>
      <Suspense>
        {anchor && (
          <EntityMenu
            entity={entity}
            anchor={anchor}
            onInspect={() => inspect('overview')}
            onRemove={() => setRemoving(true)}
            onClose={() => setAnchor(undefined)}
          />
        )}
      </Suspense>
      <UnregisterEntityDialog open={isRemoving} entity={entity} onConfirm={toCatalog} onClose={() => setRemoving(false)} />
      <InspectEntityDialog
        open={inspected !== null}
        entity={entity}
        initialTab={inspected ?? undefined}
        onSelect={inspect}
        onClose={() => inspect(undefined)}
      />
    </>
  );
}

/** Holds its place until it is known whether the person may. */
function RefreshButton({ entity }: { entity: Entity }) {
  const text = useMessages().entity;
  const refresh = useRefreshEntity(entity);
  const offers = useEntityOffers(entity, ['catalog.entity.refresh']);
  if (offers && !offers.has('catalog.entity.refresh')) {
    return undefined;
  }
  return (
    <Button startIcon={<RefreshCw size={14} />} onClick={() => refresh.mutate()} loading={refresh.isPending} disabled={!offers}>
      {text.refresh}
    </Button>
  );
}
