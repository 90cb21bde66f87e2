import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import { Trash2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { FieldGroup } from './FieldGroup';
import styles from './inputs.module.css';

/** A group of rows of fields, to which rows are added and from which they are taken. */
export function FieldRows<Row>(props: {
  title: string;
  rows: readonly Row[];
  /** What a row is that was just added. */
  empty: Row;
  addLabel: string;
  removeLabel(number: number): string;
  /** What the rows mean, or what is wrong with them. */
  help?: string;
  problem: string | false | undefined;
  onChange(rows: Row[]): void;
  /** The fields of a row, which is the `number`th. */
  renderRow(row: Row, number: number, change: (changed: Partial<Row>) => void): ReactNode;
}) {
  const { title, rows, empty, addLabel, removeLabel, help, problem, onChange, renderRow } = props;
  return (
    <FieldGroup label={title} help={help} problem={problem}>
      {rows.map((row, index) => (
        // Rows have no identity besides their place.
        <div key={index} className={styles.row}>
          {renderRow(row, index + 1, changed => onChange(rows.map((other, place) => (place === index ? { ...other, ...changed } : other))))}
          <IconButton aria-label={removeLabel(index + 1)} onClick={() => onChange(rows.filter((_, place) => place !== index))}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...rows, empty])}>{addLabel}</Button>
      </div>
    </FieldGroup>
  );
}
