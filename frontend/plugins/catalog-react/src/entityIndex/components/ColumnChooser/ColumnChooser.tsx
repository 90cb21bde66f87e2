import IconButton from '@mui/material/IconButton';
import { Columns3 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useMessages } from '../../../translation';
import type { ColumnChoice } from './ColumnMenu';

// Menus are no small part of the library, and the table shows without.
const ColumnMenu = lazy(() => import('./ColumnMenu').then(m => ({ default: m.ColumnMenu })));

/** Says which columns the table has. */
export function ColumnChooser({ className, ...choice }: ColumnChoice & { className?: string }) {
  const text = useMessages().index.columnChooser;
  const [anchor, setAnchor] = useState<HTMLElement>();
  return (
    <>
      <IconButton
        className={className}
        aria-label={text.label}
        title={text.label}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <Columns3 size={16} aria-hidden />
      </IconButton>
      {anchor && (
        <Suspense>
          <ColumnMenu {...choice} anchor={anchor} onClose={() => setAnchor(undefined)} />
        </Suspense>
      )}
    </>
  );
}
