import { ConfirmDialog, Link } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import type { Endpoint } from '../../api/types';
import { useChange } from '../../hooks/useAdmin';
import { useMessages } from '../../translation';
import { endpointFormRouteRef, proxyRouteRef } from '../../routes';
import { TestDialog } from './TestDialog';

const ENDPOINTS = ['admin', 'endpoints'];

/** What can be done with an endpoint. Those of the configuration can be tried, and their cache emptied. */
export function EndpointActions({ endpoint }: { endpoint: Endpoint }) {
  const messages = useMessages();
  const text = messages.endpoint;
  const { id, cache = 'none', disabled, origin } = endpoint;
  const [asked, setAsked] = useState<'test' | 'delete'>();
  const form = useRouteRef(endpointFormRouteRef)();
  const purge = useChange((api, purged: string) => api.purgeEndpoint(purged), { message: text.purged, changes: [['admin', 'usage']] });
  const toggle = useChange((api, changed: Endpoint) => api.updateEndpoint(changed), {
    message: disabled ? text.enabled : text.disabled,
    changes: [ENDPOINTS],
  });
  return (
    <>
      <Button onClick={() => setAsked('test')}>{text.test}</Button>
      {cache !== 'none' && (
        <Button loading={purge.isPending} onClick={() => purge.mutate(id)}>
          {text.purge}
        </Button>
      )}
      {origin === 'API' && (
        <>
          <Button component={Link} to={`${form}?${new URLSearchParams({ id })}`}>
            {messages.edit}
          </Button>
          <Button loading={toggle.isPending} onClick={() => toggle.mutate({ ...endpoint, disabled: !disabled })}>
            {disabled ? text.enable : text.disable}
          </Button>
          <Button color="error" onClick={() => setAsked('delete')}>
            {messages.delete}
          </Button>
        </>
      )}
      {asked === 'test' && <TestDialog endpoint={endpoint} onClose={() => setAsked(undefined)} />}
      {asked === 'delete' && <DeleteDialog endpoint={endpoint} onClose={() => setAsked(undefined)} />}
    </>
  );
}

function DeleteDialog({ endpoint: { id, route }, onClose }: { endpoint: Endpoint; onClose(): void }) {
  const messages = useMessages();
  const text = messages.endpoint;
  const navigate = useNavigate();
  const all = useRouteRef(proxyRouteRef)();
  const remove = useChange((api, removed: string) => api.deleteEndpoint(removed), { message: text.deleted, changes: [ENDPOINTS] });
  return (
    <ConfirmDialog
      title={text.deleteTitle(route)}
      action={messages.delete}
      danger
      busy={remove.isPending}
      error={remove.error}
      onConfirm={() => remove.mutate(id, { onSuccess: () => navigate(all) })}
      onClose={onClose}
    >
      <p>{text.deleteText(route)}</p>
    </ConfirmDialog>
  );
}
