import { Check, CheckRow, ErrorPanel, Field, FieldGroup, Link, Select, TextInput } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';
import Button from '@mui/material/Button';
import { useState, type FormEvent } from 'react';
import { useNavigate } from 'react-router-dom';
import type { CacheScope, Credentials, Endpoint } from '../../api/types';
import { useChange } from '../../hooks/useAdmin';
import { draftOf, METHODS, problemsOf, settingsOf, type EndpointDraft } from '../../lib/endpointDraft';
import { useMessages } from '../../translation';
import { endpointRouteRef, proxyRouteRef } from '../../routes';
import parts from '../parts/parts.module.css';
import { EndpointTest } from './EndpointTest';
import { HeaderRows } from './HeaderRows';
import { LimitFields } from './LimitFields';
import { RewriteRows } from './RewriteRows';
import styles from './proxy.module.css';

/** Only the configuration can open an endpoint to anybody. */
const CREDENTIALS: readonly Credentials[] = ['require', 'forward', 'cookie'];
const CACHES: readonly CacheScope[] = ['none', 'per-user', 'shared'];

/** Asks for everything an endpoint is, tries it, and stores it. */
export function EndpointForm({ endpoint }: { endpoint?: Endpoint }) {
  const messages = useMessages();
  const text = messages.form;
  const [draft, setDraft] = useState(() => draftOf(endpoint));
  const [touched, setTouched] = useState(false);
  const navigate = useNavigate();
  const endpointPath = useRouteRef(endpointRouteRef)();
  const all = useRouteRef(proxyRouteRef)();
  const pathOf = (id: string) => `${endpointPath}?${new URLSearchParams({ id })}`;
  const save = useChange(
    (api, written: EndpointDraft) => {
      const settings = settingsOf(written);
      return endpoint ? api.updateEndpoint({ ...settings, id: endpoint.id, revision: endpoint.revision }) : api.createEndpoint(settings);
    },
    { message: text.saved, changes: [['admin', 'endpoints']] },
  );

  const found = problemsOf(draft);
  const problems = touched ? found : {};
  const isValid = Object.keys(found).length === 0;
  const change = (changed: Partial<EndpointDraft>) => setDraft(before => ({ ...before, ...changed }));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTouched(true);
    if (isValid) {
      save.mutate(draft, { onSuccess: stored => navigate(pathOf((stored as Endpoint).id)) });
    }
  };
  const conflict = endpoint && save.error instanceof ResponseError && save.error.status === 409;

  return (
    <div className={parts.stack}>
      <p className={styles.back}>
        <Link to={all}>{messages.endpoint.all}</Link>
      </p>
      <h2 className={styles.title}>{endpoint ? text.editTitle(endpoint.route) : text.addTitle}</h2>
      <form onSubmit={submit} noValidate className={styles.form}>
        <TextInput label={text.route} help={text.routeHelp} problem={problems.route && text.routeInvalid} placeholder="/circleci/api" value={draft.route} onChange={route => change({ route })} />
        <TextInput
          label={text.target}
          help={text.targetHelp}
          problem={problems.target && text.targetInvalid}
          type="url"
          placeholder="https://circleci.com/api"
          value={draft.target}
          onChange={target => change({ target })}
        />
        <TextInput label={text.description} help={text.descriptionHelp} value={draft.description} onChange={description => change({ description })} />
        <div className={styles.pair}>
          <Field label={text.access}>
            <Select label={text.access} value={draft.credentials} options={CREDENTIALS.map(value => ({ value, label: text.credentials[value] }))} onChange={credentials => change({ credentials })} />
          </Field>
          <Field label={text.cache}>
            <Select label={text.cache} value={draft.cache} options={CACHES.map(value => ({ value, label: text.caches[value] }))} onChange={cache => change({ cache })} />
          </Field>
        </div>
        <HeaderRows headers={draft.headers} isStored={Boolean(endpoint)} invalid={problems.headers} onChange={headers => change({ headers })} />
        <FieldGroup label={text.methods} help={text.methodsHelp}>
          <CheckRow>
            {METHODS.map(method => (
              <Check
                key={method}
                label={method}
                checked={draft.allowedMethods.includes(method)}
                onChange={checked => change({ allowedMethods: METHODS.filter(one => (one === method ? checked : draft.allowedMethods.includes(one))) })}
              />
            ))}
          </CheckRow>
        </FieldGroup>
        <TextInput label={text.allowedHeaders} help={text.allowedHeadersHelp} value={draft.allowedHeaders} onChange={allowedHeaders => change({ allowedHeaders })} />
        <RewriteRows rules={draft.pathRewrite} invalid={problems.pathRewrite} onChange={pathRewrite => change({ pathRewrite })} />
        <LimitFields limits={draft.limits} problems={problems} onChange={limits => change({ limits })} />
        <FieldGroup label={text.more}>
          <Check label={text.changeOrigin} checked={draft.changeOrigin} onChange={changeOrigin => change({ changeOrigin })} />
          <Check label={text.secure} checked={draft.secure} onChange={secure => change({ secure })} />
          <Check label={text.enabled} checked={!draft.disabled} onChange={enabled => change({ disabled: !enabled })} />
        </FieldGroup>
        <EndpointTest endpoint={{ ...settingsOf(draft), id: endpoint?.id }} disabled={!isValid} />
        {save.error && <ErrorPanel error={save.error} title={text.failed} hint={conflict ? text.conflict : undefined} />}
        <div className={styles.actions}>
          <Button type="submit" variant="contained" color="primary" loading={save.isPending}>
            {endpoint ? text.save : text.create}
          </Button>
        </div>
      </form>
    </div>
  );
}
