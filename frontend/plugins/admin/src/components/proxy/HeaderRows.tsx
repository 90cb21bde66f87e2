import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import { Trash2 } from 'lucide-react';
import type { EndpointDraft } from '../../lib/endpointDraft';
import { messages } from '../../messages';
import { Check } from './fields';
import styles from './proxy.module.css';

const text = messages.form;

/** Headers that are added to each request. */
export function HeaderRows(props: {
  headers: EndpointDraft['headers'];
  /** Secrets that are left empty stay what they are. */
  isStored: boolean;
  invalid: boolean | undefined;
  onChange(headers: EndpointDraft['headers']): void;
}) {
  const { headers, isStored, invalid, onChange } = props;
  const change = (row: number, changed: Partial<EndpointDraft['headers'][number]>) =>
    onChange(headers.map((header, index) => (index === row ? { ...header, ...changed } : header)));
  return (
    <fieldset>
      <legend>{text.headers}</legend>
      {headers.map(({ name, value, secret }, row) => (
        // Rows have no identity besides their place.
        <div key={row} className={styles.row}>
          <TextField
            size="small"
            value={name}
            placeholder="Circle-Token"
            slotProps={{ htmlInput: { 'aria-label': text.headerName(row + 1) } }}
            onChange={event => change(row, { name: event.target.value })}
          />
          <TextField
            size="small"
            type={secret ? 'password' : 'text'}
            value={value}
            placeholder={secret && isStored ? text.keptSecret : undefined}
            slotProps={{ htmlInput: { 'aria-label': text.headerValue(row + 1), autoComplete: 'new-password' } }}
            onChange={event => change(row, { value: event.target.value })}
          />
          <Check label={text.headerSecret} checked={secret} onChange={checked => change(row, { secret: checked })} />
          <IconButton aria-label={text.removeHeader(row + 1)} onClick={() => onChange(headers.filter((_, index) => index !== row))}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...headers, { name: '', value: '', secret: true }])}>{text.addHeader}</Button>
      </div>
      <p className={invalid ? styles.problem : styles.hint}>{invalid ? text.headersInvalid : text.headersHelp}</p>
    </fieldset>
  );
}
