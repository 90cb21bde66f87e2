import FormControl from '@mui/material/FormControl';
import MenuItem from '@mui/material/MenuItem';
import MuiSelect from '@mui/material/Select';
import { useId, useState, type ReactNode } from 'react';
import { NativeSelect, type NativeSelectProps } from '../data/NativeSelect';
import styles from './inputs.module.css';

export type SelectedValue = string | number | (string | number)[];

export interface SelectItem {
  label: string;
  value: string | number;
}

export interface SelectProps {
  label: string;
  items: readonly SelectItem[];
  selected?: SelectedValue;
  multiple?: boolean;
  placeholder?: string;
  /** The browser's own list instead of a menu. */
  native?: boolean;
  disabled?: boolean;
  /** Empties the choice whenever it changes. */
  triggerReset?: boolean;
  margin?: 'dense' | 'none';
  'data-testid'?: string;
  onChange?(selected: SelectedValue): void;
}

/** A choice out of a list: with `options` the browser's own, with `items` and Backstage's properties one or several out of a menu. */
export function Select<T extends string>(props: NativeSelectProps<T>): ReactNode;
export function Select(props: SelectProps): ReactNode;
export function Select(props: SelectProps | NativeSelectProps<string>): ReactNode {
  return 'options' in props ? <NativeSelect {...props} /> : <ItemSelect {...props} />;
}

function ItemSelect(props: SelectProps) {
  const { label, items, selected, multiple = false, placeholder, native = false, disabled, triggerReset, onChange } = props;
  const id = useId();
  const empty: SelectedValue = multiple ? [] : '';
  const [own, setOwn] = useState<SelectedValue>(selected ?? empty);
  const [before, setBefore] = useState({ selected, triggerReset });
  if (before.selected !== selected || before.triggerReset !== triggerReset) {
    setBefore({ selected, triggerReset });
    setOwn(before.triggerReset === triggerReset ? (selected ?? own) : empty);
  }
  const choose = (value: SelectedValue) => {
    setOwn(value);
    onChange?.(value);
  };
  if (native && !multiple) {
    const chosen = (text: string) => items.find(({ value }) => String(value) === text)?.value ?? text;
    return (
      <label className={styles.field} data-testid={props['data-testid']}>
        <span>{label}</span>
        <select value={String(own)} disabled={disabled} onChange={event => choose(chosen(event.target.value))}>
          {placeholder !== undefined && <option value="">{placeholder}</option>}
          {items.map(item => (
            <option key={item.value} value={item.value}>
              {item.label}
            </option>
          ))}
        </select>
      </label>
    );
  }
  const labelOf = (value: string | number) => items.find(item => item.value === value)?.label ?? String(value);
  return (
    <FormControl className={styles.field} size="small" disabled={disabled} margin={props.margin} data-testid={props['data-testid']}>
      <span id={`${id}label`}>{label}</span>
      <MuiSelect
        labelId={`${id}label`}
        id={id}
        multiple={multiple}
        displayEmpty
        value={own}
        onChange={event => choose(event.target.value as SelectedValue)}
        renderValue={value => {
          const values = [value].flat().filter(one => one !== '');
          return values.length > 0 ? values.map(labelOf).join(', ') : <span className={styles.placeholder}>{placeholder}</span>;
        }}
      >
        {items.map(item => (
          <MenuItem key={item.value} value={item.value}>
            {item.label}
          </MenuItem>
        ))}
      </MuiSelect>
    </FormControl>
  );
}
