import TextField from '@mui/material/TextField';
import { useId } from 'react';
import { Field } from './Field';

/** A line of text, with what it means or what is wrong with it below. */
export function TextInput(props: {
  label: string;
  help?: string;
  problem?: string | false;
  type?: string;
  placeholder?: string;
  required?: boolean;
  value: string;
  onChange(value: string): void;
}) {
  const { label, help, problem, type, placeholder, required, value, onChange } = props;
  const id = useId();
  return (
    <Field id={id} label={label}>
      <TextField
        id={id}
        type={type}
        size="small"
        fullWidth
        placeholder={placeholder}
        required={required}
        value={value}
        error={Boolean(problem)}
        helperText={problem || help}
        onChange={event => onChange(event.target.value)}
      />
    </Field>
  );
}
