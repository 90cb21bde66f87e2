import { isOrphan, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import Button from '@mui/material/Button';
import Divider from '@mui/material/Divider';
import IconButton from '@mui/material/IconButton';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { Code2, Ellipsis, RefreshCw } from 'lucide-react';
import { useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { useRefreshEntity } from '../../hooks/useRefreshEntity';
import { hasFile, sourceLinks } from '../../lib/sourceLinks';
import { useMessages } from '../../translation';
import { InspectDialog } from '../InspectDialog';
import { DeleteEntityDialog, UnregisterDialog } from '../RemovalDialogs';
import styles from './EntityHeader.module.css';

/** What can be done with an entity. */
export function EntityActions({ entity }: { entity: Entity }) {
  const text = useMessages().entity;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [params, setParams] = useSearchParams();
  const [isRemoving, setRemoving] = useState(false);
  const refresh = useRefreshEntity(entity);
  const { view: viewUrl, edit: editUrl } = sourceLinks(entity);
  const RemovalDialog = isOrphan(entity) ? DeleteEntityDialog : UnregisterDialog;

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
      {hasFile(entity) && (
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
        <Divider />
        <MenuItem className={styles.danger} onClick={choose(() => setRemoving(true))}>
          {isOrphan(entity) ? text.delete : text.unregister}
        </MenuItem>
      </Menu>
      {isRemoving && <RemovalDialog entity={entity} onClose={() => setRemoving(false)} />}
      {inspected && (
        <InspectDialog entity={entity} view={inspected} onView={inspect} onClose={() => inspect(undefined)} />
      )}
    </>
  );
}
