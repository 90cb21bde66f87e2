import { ConfirmDialog } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef } from '@callboard/plugin-catalog-react';
import TextField from '@mui/material/TextField';
import { useId, useState } from 'react';
import { useChange } from '../../hooks/useAdmin';
import { useMessages } from '../../translation';

/** Asks for the address of a catalog file and registers it. */
export function RegisterDialog({ onClose }: { onClose(): void }) {
  const text = useMessages().catalog;
  const catalogApi = useApi(catalogApiRef);
  const id = useId();
  const [target, setTarget] = useState('');
  const register = useChange((_, added: string) => catalogApi.addLocation({ type: 'url', target: added }), {
    message: text.registered,
    changes: [['catalog']],
  });
  const submit = () => {
    if (target.trim() !== '') {
      register.mutate(target.trim(), { onSuccess: onClose });
    }
  };
  return (
    <ConfirmDialog title={text.registerTitle} action={text.submit} busy={register.isPending} error={register.error} onConfirm={submit} onClose={onClose}>
      <form
        onSubmit={event => {
          event.preventDefault();
          submit();
        }}
      >
        <label htmlFor={id}>{text.target}</label>
        <TextField
          id={id}
          type="url"
          size="small"
          fullWidth
          placeholder="https://github.com/acme/shop/blob/main/catalog-info.yaml"
          helperText={text.targetHelp}
          value={target}
          onChange={event => setTarget(event.target.value)}
        />
      </form>
    </ConfirmDialog>
  );
}
