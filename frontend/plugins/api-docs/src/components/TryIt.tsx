import { CodeBlock, ErrorPanel, Field, Select, Tag, useFormats, WarningPanel } from '@callboard/core-components';
import { discoveryApiRef, fetchApiRef, useApi, useExtensionConfig } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useId, useState, type FormEvent } from 'react';
import type { DefinitionConfig } from '../definitionConfig';
import { credentialsFor } from '../lib/authorisation';
import type { Operation, Parameter } from '../lib/openApi';
import { keyOf, OutsideError, sendOperation, type FilledOperation } from '../lib/sendOperation';
import { useMessages } from '../translation';
import { useAuthorisation } from './authorise/AuthorisationProvider';
import { OperationSecurity } from './authorise/OperationSecurity';
import { ParameterField } from './ParameterField';
import styles from './apiDocs.module.css';

/** Sends an operation to a server that the portal's proxy leads to, and shows the answer. */
export function TryIt({ servers, operation }: { servers: readonly string[]; operation: Operation }) {
  const text = useMessages().tryIt;
  const bodyId = useId();
  const formats = useFormats();
  const routes = useExtensionConfig<DefinitionConfig>()?.servers ?? {};
  const [server, setServer] = useState(servers.find(one => routes[one]) ?? servers[0] ?? '');
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(operation.parameters.map(parameter => [keyOf(parameter), startOf(parameter)])),
  );
  const [body, setBody] = useState(operation.bodyExample ?? '');
  const [touched, setTouched] = useState(false);
  const route = routes[server];
  const { given } = useAuthorisation();
  const send = useSend();
  const missing = operation.parameters.find(parameter => parameter.required && !values[keyOf(parameter)]?.trim());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (route && !missing) {
      send.mutate({ route, operation, values, body, credentials: credentialsFor(operation.security, given) ?? [] });
    }
  };
  return (
    <form onSubmit={submit} noValidate className={styles.stack} aria-label={text.open}>
      {servers.length > 1 && (
        <Field label={text.server}>
          <Select label={text.server} value={server} onChange={setServer} options={servers.map(value => ({ value, label: value }))} />
        </Field>
      )}
      {!route && <p className={styles.muted}>{text.notRouted(server)}</p>}
      {operation.parameters.length > 0 && (
        <div className={styles.parameters}>
          {operation.parameters.map(parameter => (
            <ParameterField
              key={keyOf(parameter)}
              parameter={parameter}
              value={values[keyOf(parameter)] ?? ''}
              problem={touched && missing === parameter && text.missing(parameter.name)}
              onChange={value => setValues({ ...values, [keyOf(parameter)]: value })}
            />
          ))}
        </div>
      )}
      {operation.bodyExample !== undefined && (
        <Field id={bodyId} label={text.body}>
          <textarea id={bodyId} className={styles.body} rows={8} spellCheck={false} value={body} onChange={event => setBody(event.target.value)} />
        </Field>
      )}
      <OperationSecurity security={operation.security} />
      <div>
        <Button type="submit" variant="contained" color="primary" disabled={!route} loading={send.isPending}>
          {text.send}
        </Button>
      </div>
      <div aria-live="polite" className={styles.stack}>
        {send.error && <ErrorPanel error={send.error instanceof OutsideError ? new Error(text.outside) : send.error} title={text.failed} />}
        {send.data && (
          <>
            <p className={styles.message}>
              <Tag tone={send.data.ok ? 'success' : 'danger'}>{send.data.status}</Tag>
              <span className={styles.muted}>{formats.duration(send.data.milliseconds)}</span>
            </p>
            {send.data.heldBack !== 'no' && <WarningPanel title={text.heldBack[send.data.heldBack]} message={text.heldBackHint(send.variables.route)} />}
            {send.data.cut && <p className={styles.muted}>{text.cut}</p>}
            <CodeBlock text={send.data.body} language={send.data.json ? 'json' : undefined} label={text.answer} />
          </>
        )}
      </div>
    </form>
  );
}

/** What is filled in before anybody does: nothing where nothing has to be. */
function startOf({ required, example, choices }: Parameter): string {
  return required ? example || (choices[0] ?? '') : '';
}

function useSend() {
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  return useMutation({
    mutationFn: async ({ route, ...filled }: FilledOperation & { route: string }) =>
      sendOperation(fetchApi.fetch, `${await discoveryApi.getBaseUrl('proxy')}${route}`, filled),
    // Credentials are kept where they were given, and nowhere else.
    gcTime: 0,
  });
}
