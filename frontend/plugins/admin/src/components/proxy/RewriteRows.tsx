import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import TextField from '@mui/material/TextField';
import { Trash2 } from 'lucide-react';
import type { EndpointDraft } from '../../lib/endpointDraft';
import { messages } from '../../messages';
import styles from './proxy.module.css';

const text = messages.form;

/** Rules by which paths are rewritten. */
export function RewriteRows(props: {
  rules: EndpointDraft['pathRewrite'];
  invalid: boolean | undefined;
  onChange(rules: EndpointDraft['pathRewrite']): void;
}) {
  const { rules, invalid, onChange } = props;
  const change = (row: number, changed: Partial<EndpointDraft['pathRewrite'][number]>) =>
    onChange(rules.map((rule, index) => (index === row ? { ...rule, ...changed } : rule)));
  return (
    <fieldset>
      <legend>{text.pathRewrite}</legend>
      {rules.map(({ pattern, replacement }, row) => (
        // Rows have no identity besides their place.
        <div key={row} className={styles.row}>
          <TextField
            size="small"
            value={pattern}
            placeholder="^/api/proxy/circleci/api/"
            slotProps={{ htmlInput: { 'aria-label': text.pattern(row + 1) } }}
            onChange={event => change(row, { pattern: event.target.value })}
          />
          <TextField
            size="small"
            value={replacement}
            placeholder="/"
            slotProps={{ htmlInput: { 'aria-label': text.replacement(row + 1) } }}
            onChange={event => change(row, { replacement: event.target.value })}
          />
          <IconButton aria-label={text.removeRule(row + 1)} onClick={() => onChange(rules.filter((_, index) => index !== row))}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      ))}
      <div>
        <Button onClick={() => onChange([...rules, { pattern: '', replacement: '' }])}>{text.addRule}</Button>
      </div>
      <p className={invalid ? styles.problem : styles.hint}>{invalid ? text.pathRewriteInvalid : text.pathRewriteHelp}</p>
    </fieldset>
  );
}
