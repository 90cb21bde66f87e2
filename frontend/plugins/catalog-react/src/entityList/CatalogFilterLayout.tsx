import { useMediaQuery } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { SlidersHorizontal } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { FilterShell } from '../entityIndex/components/FilterShell';
import styles from '../entityIndex/components/entityIndex.module.css';
import { useMessages } from '../translation';

/** The pickers of a list beside what they filter; where that is narrow, in a sheet over it. */
function CatalogFilterLayoutRoot({ children }: { children?: ReactNode }) {
  return <div className={styles.layout}>{children}</div>;
}

function Filters({ children }: { children?: ReactNode }) {
  const text = useMessages().index;
  const [isOpen, setOpen] = useState(false);
  const isNarrow = useMediaQuery('(max-width: 1079px)');
  return (
    <>
      {isNarrow && (
        <Button startIcon={<SlidersHorizontal size={14} />} onClick={() => setOpen(true)}>
          {text.showFilters}
        </Button>
      )}
      {/* Pickers that are not seen filter all the same. */}
      {isNarrow && !isOpen && <div hidden>{children}</div>}
      <FilterShell open={isOpen} onClose={() => setOpen(false)}>
        <div className={styles.filterGroups}>{children}</div>
      </FilterShell>
    </>
  );
}

function ListContent({ children }: { children?: ReactNode }) {
  return <div className={styles.results}>{children}</div>;
}

/** Compose it of `CatalogFilterLayout.Filters` and `CatalogFilterLayout.Content`. */
export const CatalogFilterLayout = Object.assign(CatalogFilterLayoutRoot, { Filters, Content: ListContent });
