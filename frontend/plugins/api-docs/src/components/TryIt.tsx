import { CodeBlock, ErrorPanel, Select, Tag, useFormats } from '@callboard/core-components';
import { discoveryApiRef, fetchApiRef, useApi, useExtensionConfig } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { DefinitionConfig } from '../definitionConfig';
import type { Operation, Parameter } from '../lib/openApi';
import { useMessages } from '../translation';
import styles from './apiDocs.module.css';

const MAX_CHARACTERS = 100_000;

/** Sends an operation to a server that the portal's proxy leads to, and shows the answer. */
export function TryIt({ servers, operation }: { servers: readonly string[]; operation: Operation }) {
  const text = useMessages().tryIt;
  const formats = useFormats();
  const routes = useExtensionConfig<DefinitionConfig>()?.servers ?? {};
  const [server, setServer] = useState(servers.find(one => routes[one]) ?? servers[0] ?? '');
  const [values, setValues] = useState<Record<string, string>>(() =>
    Object.fromEntries(operation.parameters.map(parameter => [keyOf(parameter), parameter.required ? parameter.example : ''])),
  );
  const [body, setBody] = useState(operation.bodyExample ?? '');
  const [touched, setTouched] = useState(false);
  const route = routes[server];
  const send = useSend();
  const missing = operation.parameters.find(parameter => parameter.required && !values[keyOf(parameter)]?.trim());

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (route && !missing) {
      send.mutate({ route, operation, values, body });
    }
  };
  return (
    <form onSubmit={submit} noValidate className={styles.stack} aria-label={text.open}>
      {servers.length > 1 && (
        <Select label={text.server} value={server} onChange={setServer} options={servers.map(value => ({ value, label: value }))} />
      )}
      {!route && <p className={styles.muted}>{text.notRouted(server)}</p>}
      {operation.parameters.map(parameter => (
        <TextField
          key={keyOf(parameter)}
          size="small"
          label={`${parameter.name} (${parameter.in})`}
          required={parameter.required}
          value={values[keyOf(parameter)] ?? ''}
          placeholder={parameter.example || parameter.type}
          error={touched && missing === parameter}
          helperText={touched && missing === parameter ? text.missing(parameter.name) : undefined}
          onChange={event => setValues({ ...values, [keyOf(parameter)]: event.target.value })}
        />
      ))}
      {operation.bodyExample !== undefined && (
        <textarea aria-label={text.body} className={styles.body} rows={8} spellCheck={false} value={body} onChange={event => setBody(event.target.value)} />
      )}
      <div>
        <Button type="submit" variant="contained" color="primary" disabled={!route} loading={send.isPending}>
          {text.send}
        </Button>
      </div>
      <div aria-live="polite" className={styles.stack}>
        {send.error && <ErrorPanel error={send.error} title={text.failed} />}
        {send.data && (
          <>
            <p className={styles.message}>
              <Tag tone={send.data.ok ? 'success' : 'danger'}>{send.data.status}</Tag>
              <span className={styles.muted}>{formats.duration(send.data.milliseconds)}</span>
            </p>
            {send.data.cut && <p className={styles.muted}>{text.cut}</p>}
            <CodeBlock text={send.data.body} language={send.data.json ? 'json' : undefined} label={text.answer} />
          </>
        )}
      </div>
    </form>
  );
}

function keyOf(parameter: Parameter): string {
  return `${parameter.in} ${parameter.name}`;
}

function useSend() {
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  return useMutation({
    mutationFn: async (request: { route: string; operation: Operation; values: Record<string, string>; body: string }) => {
      const { route, operation, values, body } = request;
      const value = (parameter: Parameter) => values[keyOf(parameter)]?.trim() ?? '';
      const given = operation.parameters.filter(parameter => value(parameter) !== '');
      const path = given
        .filter(parameter => parameter.in === 'path')
        .reduce((filled, parameter) => filled.replaceAll(`{${parameter.name}}`, encodeURIComponent(value(parameter))), operation.path);
      const query = new URLSearchParams(given.filter(one => one.in === 'query').map(one => [one.name, value(one)]));
      const headers = given.filter(one => one.in === 'header').map((one): [string, string] => [one.name, value(one)]);
      const hasBody = operation.bodyExample !== undefined && body.trim() !== '';
      const started = performance.now();
      const response = await fetchApi.fetch(
        `${await discoveryApi.getBaseUrl('proxy')}${route}${path}${query.size > 0 ? `?${query}` : ''}`,
        {
          method: operation.method,
          headers: [...headers, ...(hasBody ? [['content-type', 'application/json'] as [string, string]] : [])],
          ...(hasBody && { body }),
        },
      );
      const answer = await response.text();
      const json = response.headers.get('content-type')?.includes('json') ?? false;
      const shown = (json ? pretty(answer) : answer).slice(0, MAX_CHARACTERS);
      return {
        ok: response.ok,
        status: `${response.status} ${response.statusText}`.trim(),
        milliseconds: Math.round(performance.now() - started),
        body: shown,
        cut: answer.length > MAX_CHARACTERS,
        json,
      };
    },
  });
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
