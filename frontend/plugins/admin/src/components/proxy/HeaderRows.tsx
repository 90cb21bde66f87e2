import { Check, FieldRows } from '@callboard/core-components';
import TextField from '@mui/material/TextField';
import type { EndpointDraft } from '../../lib/endpointDraft';
import { useMessages } from '../../translation';

/** Headers that are added to each request. */
export function HeaderRows(props: {
  headers: EndpointDraft['headers'];
  /** Secrets that are left empty stay what they are. */
  isStored: boolean;
  invalid: boolean | undefined;
  onChange(headers: EndpointDraft['headers']): void;
}) {
  const text = useMessages().form;
  const { headers, isStored, invalid, onChange } = props;
  return (
    <FieldRows
      title={text.headers}
      rows={headers}
      empty={{ name: '', value: '', secret: true }}
      addLabel={text.addHeader}
      removeLabel={text.removeHeader}
      help={text.headersHelp}
      problem={invalid && text.headersInvalid}
      onChange={onChange}
      renderRow={({ name, value, secret }, number, change) => (
        <>
          <TextField
            size="small"
            value={name}
            placeholder="Circle-Token"
            slotProps={{ htmlInput: { 'aria-label': text.headerName(number) } }}
            onChange={event => change({ name: event.target.value })}
          />
          <TextField
            size="small"
            type={secret ? 'password' : 'text'}
            value={value}
            placeholder={secret && isStored ? text.keptSecret : undefined}
            slotProps={{ htmlInput: { 'aria-label': text.headerValue(number), autoComplete: 'new-password' } }}
            onChange={event => change({ value: event.target.value })}
          />
          <Check label={text.headerSecret} checked={secret} onChange={checked => change({ secret: checked })} />
        </>
      )}
    />
  );
}
