import { Markdown, Tag, TitledDialog } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { useId, useRef } from 'react';
import { bearer, wantedScopes, type Credential, type Given } from '../../lib/authorisation';
import type { OpenApi } from '../../lib/openApi';
import type { SecurityScheme } from '../../lib/security';
import { useMessages } from '../../translation';
import styles from '../apiDocs.module.css';
import { OAuthForm } from './OAuthForm';
import { BasicForm, SecretForm } from './SecretForm';

/** Lets a person say who they are to an API, in each of the ways that it knows. */
export function AuthoriseDialog(props: {
  api: OpenApi;
  given: Given;
  onGive(name: string, credential: Credential | undefined): void;
  onClose(): void;
}) {
  const text = useMessages().authorise;
  const { api, given, onGive, onClose } = props;
  return (
    <TitledDialog title={text.title(api.title)} onClose={onClose}>
      <div className={styles.stack}>
        <p className={styles.muted}>{text.kept}</p>
        {api.securitySchemes.map(scheme => (
          <Scheme
            key={scheme.name}
            scheme={scheme}
            scopes={wantedScopes(scheme, api.operations)}
            isGiven={given[scheme.name] !== undefined}
            onGive={credential => onGive(scheme.name, credential)}
          />
        ))}
      </div>
    </TitledDialog>
  );
}

interface SchemeProps {
  scheme: SecurityScheme;
  scopes: string[];
  isGiven: boolean;
  onGive(credential: Credential | undefined): void;
}

function Scheme({ scheme, scopes, isGiven, onGive }: SchemeProps) {
  const text = useMessages().authorise;
  const titleId = useId();
  const section = useRef<HTMLElement>(null);
  // The button that was pressed goes away: without a focus in the dialog, Escape would not close it.
  const change = (credential: Credential | undefined) => {
    section.current?.focus();
    onGive(credential);
  };
  return (
    <section ref={section} tabIndex={-1} className={styles.scheme} aria-labelledby={titleId}>
      <div className={styles.message}>
        <h3 id={titleId} aria-label={text.of(scheme.name)}>
          {scheme.name}
        </h3>
        <span className={styles.muted}>{text.types[scheme.type]}</span>
        {isGiven && <Tag tone="success">{text.given}</Tag>}
      </div>
      {scheme.description && <Markdown>{scheme.description}</Markdown>}
      {isGiven ? (
        <div>
          <Button variant="outlined" size="small" onClick={() => change(undefined)}>
            {text.forget}
          </Button>
        </div>
      ) : (
        <SchemeForm scheme={scheme} scopes={scopes} onGive={change} />
      )}
    </section>
  );
}

function SchemeForm({ scheme, scopes, onGive }: Omit<SchemeProps, 'isGiven'>) {
  const text = useMessages().authorise;
  switch (scheme.type) {
    case 'bearer':
      return <SecretForm label={text.token} onGive={token => onGive(bearer(token))} />;
    case 'basic':
      return <BasicForm onGive={onGive} />;
    case 'apiKey': {
      const { in: place, parameter } = scheme;
      return place === 'cookie' ? (
        <p className={styles.muted}>{text.cookie(parameter)}</p>
      ) : (
        <SecretForm label={text.key(parameter)} onGive={value => onGive({ in: place, name: parameter, value })} />
      );
    }
    case 'oauth2':
      return <OAuthForm flows={scheme.flows} wanted={scopes} onGive={onGive} />;
    case 'unsupported':
      return <p className={styles.muted}>{text.unsupported(scheme.called)}</p>;
  }
}
