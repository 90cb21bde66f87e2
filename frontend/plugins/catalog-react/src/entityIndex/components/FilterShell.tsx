import { useMediaQuery } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { lazy, Suspense, type ReactNode } from 'react';
import { useMessages } from '../../translation';
import styles from './entityIndex.module.css';

// Only narrow screens have the sheet, and only when it is opened.
const Drawer = lazy(() => import('@mui/material/Drawer'));

/** Where what one can filter by stands: beside the table or, where that is narrow, in a sheet over it. */
export function FilterShell({ open, onClose, children }: { open: boolean; onClose(): void; children: ReactNode }) {
  const text = useMessages().index;
  const narrow = useMediaQuery('(max-width: 1079px)');
  if (!narrow) {
    return (
      <aside className={styles.filters} aria-label={text.filters}>
        {children}
      </aside>
    );
  }
  return (
    open && (
      <Suspense>
        <Drawer anchor="right" open onClose={onClose} slotProps={{ paper: { 'aria-label': text.filters } }}>
          <div className={styles.sheet}>{children}</div>
          <div className={styles.sheetFoot}>
            <Button variant="contained" color="primary" fullWidth onClick={onClose}>
              {text.closeFilters}
            </Button>
          </div>
        </Drawer>
      </Suspense>
    )
  );
}
