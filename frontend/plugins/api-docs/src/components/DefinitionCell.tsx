import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { entityTitle } from '@callboard/plugin-catalog-react';
import IconButton from '@mui/material/IconButton';
import { FileCode2 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { useSearchParams } from 'react-router-dom';
import { changed } from '../lib/changed';
import { useMessages } from '../translation';

// Most who look at a table open none.
const DefinitionDialog = lazy(() => import('./DefinitionDialog').then(m => ({ default: m.DefinitionDialog })));

/** Opens an API's definition over the table it stands in. Which one is open is in the URL. */
export function DefinitionCell({ entity }: { entity: Entity }) {
  const text = useMessages().definition;
  const [params, setParams] = useSearchParams();
  const ref = stringifyEntityRef(entity);
  const open = (next: string | undefined) =>
    setParams(before => changed(before, { definition: next, view: undefined, operation: undefined }), { replace: true });
  const label = text.viewOf(entityTitle(entity));
  return (
    <>
      <IconButton aria-label={label} title={label} aria-haspopup="dialog" onClick={() => open(ref)}>
        <FileCode2 size={16} aria-hidden />
      </IconButton>
      {params.get('definition') === ref && (
        <Suspense>
          <DefinitionDialog entityRef={ref} title={entityTitle(entity)} onClose={() => open(undefined)} />
        </Suspense>
      )}
    </>
  );
}
