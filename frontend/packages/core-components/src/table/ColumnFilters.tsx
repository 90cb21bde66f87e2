import { Select } from '../inputs/Select';
import { TextInput } from '../inputs/TextInput';
import { useMessages } from '../translation';
import { columnId, filterableColumns, textOf } from './rows';
import type { TableColumn, TableState } from './tableTypes';
import styles from './table.module.css';

/** A filter for each column: one chooses where its values have names, and writes a part of the value otherwise. */
export function ColumnFilters<T>({ columns, state, onChange }: {
  columns: readonly TableColumn<T>[];
  state: TableState;
  onChange(next: Partial<TableState>): void;
}) {
  const text = useMessages().table;
  return (
    <div className={styles.columnFilters} role="group" aria-label={text.columnFilters}>
      {filterableColumns(columns).map(([column, index]) => {
        const id = columnId(column, index);
        const value = state.columnFilters?.[id] ?? '';
        const label = textOf(column.title);
        const change = (next: string) => onChange({ columnFilters: { ...state.columnFilters, [id]: next } });
        return column.lookup ? (
          <Select
            key={id}
            label={label}
            value={value}
            onChange={change}
            options={[{ value: '', label: text.all }, ...Object.entries(column.lookup).map(([of, name]) => ({ value: of, label: name }))]}
          />
        ) : (
          <TextInput key={id} label={label} placeholder={column.filterPlaceholder} value={value} onChange={change} />
        );
      })}
    </div>
  );
}
