import {
  ANNOTATION_EDIT_URL,
  ANNOTATION_LOCATION,
  ANNOTATION_VIEW_URL,
  stringifyEntityRef,
  type Entity,
} from '@callboard/catalog-model';
import { isScriptUrl } from '@callboard/core-components';
import { alertApiRef, errorApiRef, useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Code2, Ellipsis, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { entityQueryKey } from '../../lib/entityQuery';
import { messages } from '../../messages';
import { InspectDialog } from '../InspectDialog';

const text = messages.entity;

/** The catalog reads the file again within this time, as a rule. */
const REFRESH_MS = 2000;

/** What can be done with an entity. */
export function EntityActions({ entity }: { entity: Entity }) {
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [params, setParams] = useSearchParams();
  const refresh = useRefresh(entity);
  const annotations = entity.metadata.annotations ?? {};
  const viewUrl = safeUrl(annotations[ANNOTATION_VIEW_URL]);
  const editUrl = safeUrl(annotations[ANNOTATION_EDIT_URL]);
  const canRefresh = /^(url|file):/.test(annotations[ANNOTATION_LOCATION] ?? '');

  const inspect = (view: string | undefined) => {
    const next = new URLSearchParams(params);
    if (view) {
      next.set('inspect', view);
    } else {
      next.delete('inspect');
    }
    setParams(next, { replace: true });
  };
  const choose = (action: () => void) => () => {
    setAnchor(undefined);
    action();
  };
  const inspected = params.get('inspect');

  return (
    <>
      {canRefresh && (
        <Button startIcon={<RefreshCw size={14} />} onClick={() => refresh.mutate()} loading={refresh.isPending}>
          {text.refresh}
        </Button>
      )}
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
      <Menu open={Boolean(anchor)} anchorEl={anchor} onClose={() => setAnchor(undefined)} disablePortal>
        <MenuItem onClick={choose(() => inspect('overview'))}>{text.inspect}</MenuItem>
        {editUrl && (
          <MenuItem component="a" href={editUrl} target="_blank" rel="noreferrer noopener" onClick={() => setAnchor(undefined)}>
            {text.edit}
          </MenuItem>
        )}
        <MenuItem onClick={choose(() => void navigator.clipboard.writeText(stringifyEntityRef(entity)))}>
          {text.copyRef}
        </MenuItem>
        <MenuItem onClick={choose(() => void navigator.clipboard.writeText(window.location.href))}>{text.copyUrl}</MenuItem>
      </Menu>
      {inspected && (
        <InspectDialog entity={entity} view={inspected} onView={inspect} onClose={() => inspect(undefined)} />
      )}
    </>
  );
}

function useRefresh(entity: Entity) {
  const catalogApi = useApi(catalogApiRef);
  const alertApi = useApi(alertApiRef);
  const errorApi = useApi(errorApiRef);
  const queryClient = useQueryClient();
  const ref = stringifyEntityRef(entity);
  return useMutation({
    mutationFn: () => catalogApi.refreshEntity(ref),
    onSuccess: () => {
      alertApi.post({ message: text.refreshed, severity: 'success', display: 'transient' });
      setTimeout(() => void queryClient.invalidateQueries({ queryKey: entityQueryKey(ref) }), REFRESH_MS);
    },
    onError: error => errorApi.post(error),
  });
}

/** Annotations are written by anybody; only what leads to a page is made a link. */
function safeUrl(url: string | undefined): string | undefined {
  return url && /^https?:/i.test(url) && !isScriptUrl(url) ? url : undefined;
}
