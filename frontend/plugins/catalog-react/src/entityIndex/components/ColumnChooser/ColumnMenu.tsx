import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { Check } from 'lucide-react';
import { useEntityColumns, type EntityColumn } from '../../../components/EntityTable';
import { useMessages } from '../../../translation';
import styles from './ColumnMenu.module.css';

export interface ColumnChoice {
  kind: string | undefined;
  columns: readonly EntityColumn[];
  isChosen: boolean;
  onChoose(ids: string[] | undefined): void;
}

/** The columns there are, with a mark at those that are shown. It stays open, since one seldom changes only one. */
export function ColumnMenu(props: ColumnChoice & { anchor: HTMLElement; onClose(): void }) {
  const text = useMessages().index.columnChooser;
  const { available } = useEntityColumns();
  const { kind, columns, isChosen, onChoose, anchor, onClose } = props;
  const shown = columns.map(({ id }) => id);
  const toggle = (id: string) => onChoose(shown.includes(id) ? shown.filter(one => one !== id) : [...shown, id]);
  return (
    // Where the table is, since only there it is part of a landmark.
    <Menu open disablePortal anchorEl={anchor} onClose={onClose} slotProps={{ list: { 'aria-label': text.label } }}>
      {available(kind).map(({ id, title, optional }) => (
        <MenuItem key={id} role="menuitemcheckbox" aria-checked={shown.includes(id)} onClick={() => toggle(id)}>
          <span className={styles.check}>{shown.includes(id) && <Check size={14} aria-hidden />}</span>
          {title}
          {!isChosen && optional && <span className={styles.aside}>{text.ifRoom}</span>}
        </MenuItem>
      ))}
      <Divider />
      <MenuItem disabled={!isChosen} onClick={() => onChoose(undefined)}>
        <span className={styles.check} />
        {text.reset}
      </MenuItem>
    </Menu>
  );
}
