import type { ReactNode } from 'react';
import { SearchInput } from '../data/SearchInput';
import { Select } from '../inputs/Select';
import { useFormats } from '../lib/useFormats';
import { useMessages } from '../translation';
import { filterValues } from './rows';
import type { TableColumn, TableFilter, TableState } from './tableTypes';
import styles from './table.module.css';

/** The head of a table: its title, filters, search, and what can be done with it. */
export function TableToolbar<T>(props: {
  title: ReactNode;
  subtitle: string | undefined;
  columns: readonly TableColumn<T>[];
  filters: readonly TableFilter[];
  /** Of which the filters offer values. */
  rows: readonly T[];
  state: TableState;
  onChange(next: Partial<TableState>): void;
  canSearch: boolean;
  searchText: string | undefined;
  actions: ReactNode;
}) {
  const text = useMessages().table;
  const formats = useFormats();
  const { title, subtitle, columns, filters, rows, state, onChange, canSearch, searchText, actions } = props;
  return (
    <div className={styles.head}>
      {title && (
        <div className={styles.titles}>
          <h2>{title}</h2>
          {subtitle && <p>{subtitle}</p>}
        </div>
      )}
      {filters.map(filter => (
        <Select
          key={filter.column}
          label={filter.column}
          multiple={filter.type === 'multiple-select'}
          placeholder={text.all}
          items={[
            ...(filter.type === 'select' ? [{ label: text.all, value: '' }] : []),
            ...filterValues(rows, columns, filter, formats).map(value => ({ label: value, value })),
          ]}
          selected={state.filters?.[filter.column]}
          onChange={selected => onChange({ filters: { ...state.filters, [filter.column]: selected as string | string[] } })}
        />
      ))}
      {canSearch && <SearchInput label={searchText ?? text.search} value={state.search ?? ''} onChange={search => onChange({ search })} />}
      {actions}
    </div>
  );
}
