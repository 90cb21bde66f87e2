import type { QueryEntitiesRequest } from '@callboard/catalog-client';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { Download } from 'lucide-react';
import type { EntityColumn } from '../../components/EntityTable';
import { useMessages } from '../../translation';
import { useCsvExport } from '../hooks/useCsvExport';
import styles from './entityIndex.module.css';

/** Makes a CSV file of everything that the table's filters select, with its columns. */
export function ExportButton(props: {
  request: QueryEntitiesRequest;
  columns: readonly EntityColumn[];
  /** What the file is called after. */
  subject: string;
  disabled: boolean;
}) {
  const text = useMessages().export;
  const { request, columns, subject, disabled } = props;
  const { start, isPending, progress, cancel } = useCsvExport();
  if (isPending) {
    return (
      <span className={styles.exporting}>
        <span role="status">{text.progress(progress.done, progress.total)}</span>
        <Button variant="text" onClick={cancel}>
          {text.cancel}
        </Button>
      </span>
    );
  }
  const fileName = `catalog-${subject.toLowerCase().replace(/\W+/g, '-')}-${new Date().toISOString().slice(0, 10)}.csv`;
  return (
    <IconButton
      className={styles.tool}
      aria-label={text.label}
      title={text.label}
      disabled={disabled}
      onClick={() => start({ request, columns, fileName })}
    >
      <Download size={16} aria-hidden />
    </IconButton>
  );
}
