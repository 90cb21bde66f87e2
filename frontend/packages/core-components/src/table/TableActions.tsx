import IconButton from '@mui/material/IconButton';
import { createElement } from 'react';
import type { TableAction } from './tableTypes';
import styles from './table.module.css';

/** Buttons of what can be done with a row, or with the whole table. */
export function TableActions<T>({ actions, row }: { actions: readonly TableAction<T>[]; row: T }) {
  return (
    <span className={styles.actions}>
      {actions
        .filter(({ hidden }) => !hidden)
        .map(({ icon, tooltip, disabled, onClick }, index) => (
          <IconButton key={tooltip ?? index} aria-label={tooltip} title={tooltip} disabled={disabled} onClick={event => onClick(event, row)}>
            {createElement(icon)}
          </IconButton>
        ))}
    </span>
  );
}
