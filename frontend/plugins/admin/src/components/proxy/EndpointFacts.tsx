import { CopyButton, Link, MetadataList, Time, useFormats } from '@callboard/core-components';
import { EntityRefLink } from '@callboard/plugin-catalog-react';
import { tryParse } from '@callboard/catalog-model';
import type { ReactNode } from 'react';
import type { Endpoint } from '../../api/types';
import { LIMITS } from '../../lib/endpointDraft';
import { useMessages } from '../../translation';

/** How an endpoint is set up. */
export function EndpointFacts({ endpoint }: { endpoint: Endpoint }) {
  const messages = useMessages();
  const text = messages.endpoint;
  const { target, description, credentials = 'require', cache = 'none', allowedMethods, allowedHeaders, headers, pathRewrite, changeOrigin, secure } = endpoint;
  const facts = text.facts;
  return (
    <MetadataList
      items={[
        {
          label: facts.target,
          value: (
            <>
              <Link to={target}>{target}</Link> <CopyButton text={target} />
            </>
          ),
        },
        { label: facts.description, value: description },
        { label: facts.access, value: messages.form.credentials[credentials] },
        { label: facts.methods, value: allowedMethods.length > 0 ? allowedMethods.join(', ') : text.anyMethod },
        { label: facts.allowedHeaders, value: allowedHeaders.join(', ') },
        {
          label: facts.headers,
          value: headers.length > 0 && (
            <Lines>
              {headers.map(({ name, value, secret }) => `${name}: ${secret ? `(${text.secret})` : (value ?? '')}`)}
            </Lines>
          ),
        },
        {
          label: facts.pathRewrite,
          value: pathRewrite.length > 0 && <Lines>{pathRewrite.map(({ pattern, replacement }) => `${pattern} → ${replacement}`)}</Lines>,
        },
        { label: facts.cache, value: messages.form.caches[cache] },
        { label: facts.changeOrigin, value: (changeOrigin ?? true) ? text.ofTarget : text.ofPortal },
        { label: facts.secure, value: (secure ?? true) ? text.verified : text.unverified },
        { label: facts.limits, value: <Limits endpoint={endpoint} /> },
        { label: facts.changed, value: <LastChange endpoint={endpoint} /> },
      ].map(({ label, value }) => ({ label, value: value || undefined }))}
    />
  );
}

function Limits({ endpoint: { limits } }: { endpoint: Endpoint }) {
  const formats = useFormats();
  const messages = useMessages();
  return (
    <Lines>
      {LIMITS.map(name => {
        const value = limits[name];
        const isSet = value !== undefined && (value !== 0 || name === 'retries');
        return `${messages.form.limit[name]}: ${isSet ? (typeof value === 'number' ? formats.number(value) : value) : messages.form.limitDefaults[name]}`;
      })}
    </Lines>
  );
}

function LastChange({ endpoint: { timeUpdated, updatedBy, origin } }: { endpoint: Endpoint }) {
  const messages = useMessages();
  const text = messages.endpoint;
  if (!timeUpdated) {
    return origin && messages.proxy.origins[origin];
  }
  return (
    <>
      <Time at={timeUpdated} /> {updatedBy && text.by} {updatedBy && (tryParse(updatedBy) ? <EntityRefLink entityRef={updatedBy} defaultKind="user" /> : <code>{updatedBy}</code>)}
    </>
  );
}

function Lines({ children }: { children: readonly string[] }): ReactNode {
  return (
    <ul>
      {children.map((line, index) => (
        // Lines have no identity, and are never reordered.
        <li key={index}>{line}</li>
      ))}
    </ul>
  );
}
