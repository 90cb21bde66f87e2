import { availableColumns, type EntityColumn } from '@callboard/plugin-catalog-react';
import IconButton from '@mui/material/IconButton';
import Divider from '@mui/material/Divider';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { Check, Columns3 } from 'lucide-react';
import { useState } from 'react';
import { messages } from '../../messages';
import styles from './catalogIndex.module.css';

const text = messages.index.columnChooser;

/** Says which columns the table has. The menu stays open, since one seldom changes only one. */
export function ColumnChooser(props: {
  kind: string | undefined;
  columns: readonly EntityColumn[];
  isChosen: boolean;
  onChoose(ids: string[] | undefined): void;
}) {
  const { kind, columns, isChosen, onChoose } = props;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const shown = columns.map(({ id }) => id as string);
  const toggle = (id: string) => onChoose(shown.includes(id) ? shown.filter(one => one !== id) : [...shown, id]);
  return (
    <>
      <IconButton
        className={styles.tool}
        aria-label={text.label}
        title={text.label}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <Columns3 size={16} aria-hidden />
      </IconButton>
      <Menu open={Boolean(anchor)} anchorEl={anchor} onClose={() => setAnchor(undefined)} slotProps={{ list: { 'aria-label': text.label } }}>
        {availableColumns(kind).map(({ id, title, optional }) => (
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
    </>
  );
}
