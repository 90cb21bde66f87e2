import { isOrphan, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useEntityLayoutOptions, useEntityOffers } from '@callboard/plugin-catalog-react';
import { sourceLinks } from '../../lib/sourceLinks';
import { useMessages } from '../../translation';
import styles from './EntityHeader.module.css';

/** What is seldom done with an entity. */
export function EntityMenu(props: { entity: Entity; anchor: HTMLElement; onInspect(): void; onRemove(): void; onClose(): void }) {
  const text = useMessages().entity;
  const { entity, anchor, onInspect, onRemove, onClose } = props;
  const { edit: editUrl } = sourceLinks(entity);
  const offers = useEntityOffers(entity, isOrphan(entity) ? ['catalog.entity.delete'] : ['catalog.entity.delete', 'catalog.location.delete']);
  const { UNSTABLE_extraContextMenuItems: extraItems = [], UNSTABLE_contextMenuOptions: options } = useEntityLayoutOptions();
  const removal = options?.disableUnregister ?? 'visible';
  const choose = (action: () => void) => () => {
    onClose();
    action();
  };
  return (
    <Menu open anchorEl={anchor} onClose={onClose} disablePortal>
      {extraItems.map(({ title, Icon, onClick }) => (
        <MenuItem key={title} onClick={choose(onClick)}>
          <Icon size={16} aria-hidden />
          {title}
        </MenuItem>
      ))}
      {extraItems.length > 0 && <Divider />}
      <MenuItem onClick={choose(onInspect)}>{text.inspect}</MenuItem>
      {editUrl && (
        <MenuItem component="a" href={editUrl} target="_blank" rel="noreferrer noopener" onClick={onClose}>
          {text.edit}
        </MenuItem>
      )}
      <MenuItem onClick={choose(() => void navigator.clipboard.writeText(stringifyEntityRef(entity)))}>{text.copyRef}</MenuItem>
      <MenuItem onClick={choose(() => void navigator.clipboard.writeText(window.location.href))}>{text.copyUrl}</MenuItem>
      {removal !== 'hidden' && <Divider />}
      {removal !== 'hidden' && (
        <MenuItem className={styles.danger} disabled={removal === true || removal === 'disable' || offers?.size === 0} onClick={choose(onRemove)}>
          <span>
            {isOrphan(entity) ? text.delete : text.unregister}
            {offers?.size === 0 && <span className={styles.denied}>{text.removalDenied}</span>}
          </span>
        </MenuItem>
      )}
    </Menu>
  );
}
