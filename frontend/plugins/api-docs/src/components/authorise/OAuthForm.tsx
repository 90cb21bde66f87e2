import { Check, CheckRow, CopyButton, ErrorPanel, FieldGroup, Select, TextInput } from '@callboard/core-components';
import { configApiRef, discoveryApiRef, fetchApiRef, useApi, useExtensionConfig } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useMutation } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import type { DefinitionConfig } from '../../definitionConfig';
import { bearer, type Credential } from '../../lib/authorisation';
import { isInteractive, OAuthError, obtainToken, type TokenMeans, type TokenRequest } from '../../lib/oauth';
import type { OAuthFlow } from '../../lib/security';
import { useMessages } from '../../translation';
import styles from '../apiDocs.module.css';

/** Gets a token of OAuth 2, in one of the ways that an API knows. */
export function OAuthForm({ flows, wanted, onGive }: { flows: OAuthFlow[]; wanted: string[]; onGive(credential: Credential): void }) {
  const text = useMessages().authorise;
  const [kind, setKind] = useState<string>(flows[0]?.kind ?? '');
  const flow = flows.find(one => one.kind === kind);
  return (
    <div className={styles.stack}>
      {flows.length > 1 && (
        <Select label={text.flow} value={kind} onChange={setKind} options={flows.map(one => ({ value: one.kind, label: text.flows[one.kind] }))} />
      )}
      {flow ? <FlowForm key={kind} flow={flow} wanted={wanted} onGive={onGive} /> : <p className={styles.muted}>{text.unsupported('')}</p>}
    </div>
  );
}

function FlowForm({ flow, wanted, onGive }: { flow: OAuthFlow; wanted: string[]; onGive(credential: Credential): void }) {
  const text = useMessages().authorise;
  const { clientIds = {} } = useExtensionConfig<DefinitionConfig>() ?? {};
  const giver = giverOf(flow);
  const means = useTokenMeans();
  const [request, setRequest] = useState<TokenRequest>({
    flow,
    clientId: clientIds[giver] ?? '',
    clientSecret: '',
    user: '',
    password: '',
    scopes: flow.discoveryUrl ? [...new Set(['openid', ...wanted])] : wanted,
  });
  const obtain = useMutation({
    mutationFn: (asked: TokenRequest) => obtainToken(asked, means),
    onSuccess: token => onGive(bearer(token)),
    // Secrets and the token are kept where they were given, and nowhere else.
    gcTime: 0,
  });
  const set = (change: Partial<TokenRequest>) => setRequest({ ...request, ...change });
  const scopes = [...new Set([...Object.keys(flow.scopes), ...request.scopes])];
  const reason = obtain.error instanceof OAuthError ? new Error(text.reasons[obtain.error.reason](obtain.error.detail)) : obtain.error;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    obtain.mutate(request);
  };
  return (
    <form className={styles.stack} autoComplete="off" onSubmit={submit}>
      <p className={styles.muted}>
        {text.giver} <code>{URL.canParse(giver) ? new URL(giver).host : giver}</code>
      </p>
      <TextInput label={text.clientId} value={request.clientId} onChange={clientId => set({ clientId })} />
      {flow.kind !== 'implicit' && (
        <TextInput type="password" label={text.clientSecret} help={text.secretHelp} value={request.clientSecret} onChange={clientSecret => set({ clientSecret })} />
      )}
      {flow.kind === 'password' && (
        <>
          <TextInput label={text.user} value={request.user} onChange={user => set({ user })} />
          <TextInput type="password" label={text.password} value={request.password} onChange={password => set({ password })} />
        </>
      )}
      {scopes.length > 0 && (
        <FieldGroup label={text.scopes}>
          <CheckRow>
            {scopes.map(scope => (
              <Check
                key={scope}
                label={flow.scopes[scope] ? `${scope}: ${flow.scopes[scope]}` : scope}
                checked={request.scopes.includes(scope)}
                onChange={checked => set({ scopes: checked ? [...request.scopes, scope] : request.scopes.filter(one => one !== scope) })}
              />
            ))}
          </CheckRow>
        </FieldGroup>
      )}
      {isInteractive(flow) && (
        <p className={styles.muted}>
          {text.redirect} <code>{means.redirectUrl}</code> <CopyButton text={means.redirectUrl} />
        </p>
      )}
      {reason && <ErrorPanel error={reason} title={text.failed} />}
      <div>
        <Button type="submit" variant="contained" color="primary" size="small" disabled={!request.clientId} loading={obtain.isPending}>
          {text.obtain}
        </Button>
      </div>
    </form>
  );
}

/** The address that hands out the token, and gets what it is asked for with. */
function giverOf({ kind, authorizationUrl, tokenUrl, discoveryUrl }: OAuthFlow): string {
  return discoveryUrl || (kind === 'implicit' ? authorizationUrl : tokenUrl);
}

function useTokenMeans(): TokenMeans {
  const configApi = useApi(configApiRef);
  const discoveryApi = useApi(discoveryApiRef);
  const fetchApi = useApi(fetchApiRef);
  const { servers = {} } = useExtensionConfig<DefinitionConfig>() ?? {};
  return {
    redirectUrl: `${configApi.getString('app.baseUrl')}/api-docs/oauth2-redirect.html`,
    fetch: async (url, init) => {
      const routed = Object.entries(servers).find(([server]) => url.startsWith(`${server}/`));
      if (routed) {
        const [server, route] = routed;
        return fetchApi.fetch(`${await discoveryApi.getBaseUrl('proxy')}${route}${url.slice(server.length)}`, init);
      }
      try {
        // The browser's own, so that nothing of the portal's goes to wherever the definition says.
        return await fetch(url, { ...init, credentials: 'omit' });
      } catch (error) {
        throw new OAuthError('unreachable', url, { cause: error });
      }
    },
  };
}
