import { Lock } from 'lucide-react';
import { createContext, lazy, Suspense, useContext, useMemo, useState, type ReactNode } from 'react';
import type { Credential, Given } from '../../lib/authorisation';
import type { OpenApi } from '../../lib/openApi';
import { useMessages } from '../../translation';
import styles from '../apiDocs.module.css';

const AuthoriseDialog = lazy(() => import('./AuthoriseDialog').then(m => ({ default: m.AuthoriseDialog })));

interface Authorisation {
  /** The API wants to know who asks, for some of its operations. */
  isOffered: boolean;
  given: Given;
  /** Lets the person give, or take back, what they are known by. */
  open(): void;
}

const AuthorisationContext = createContext<Authorisation>({ isOffered: false, given: {}, open: () => undefined });

type Give = (name: string, credential: Credential | undefined) => void;

const GivenContext = createContext<{ given: Given; give: Give }>({ given: {}, give: () => undefined });

/** Keeps what a person is known by at an API, in the memory of its page and nowhere else. Each API has one of its own. */
export function GivenProvider({ children }: { children: ReactNode }) {
  const [given, setGiven] = useState<Given>({});
  const value = useMemo(() => {
    const give: Give = (name, credential) => setGiven(before => ({ ...before, [name]: credential }));
    return { given, give };
  }, [given]);
  return <GivenContext value={value}>{children}</GivenContext>;
}

/** Lets a person give what they are known by at an API, within its `GivenProvider`. */
export function AuthorisationProvider({ api, children }: { api: OpenApi; children: ReactNode }) {
  const { given, give } = useContext(GivenContext);
  const [isOpen, setOpen] = useState(false);
  const value = useMemo(() => ({ isOffered: api.securitySchemes.length > 0, given, open: () => setOpen(true) }), [api, given]);
  return (
    <AuthorisationContext value={value}>
      {children}
      {isOpen && (
        <Suspense>
          <AuthoriseDialog api={api} given={given} onGive={give} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </AuthorisationContext>
  );
}

/** What the person of the page is known by at its API. */
export function useAuthorisation(): Authorisation {
  return useContext(AuthorisationContext);
}

/** Opens the dialog, where an API wants to know who asks. */
export function AuthoriseButton() {
  const text = useMessages().authorise;
  const { isOffered, open } = useAuthorisation();
  return isOffered ? (
    <button type="button" className={styles.try} onClick={open}>
      <Lock size={14} aria-hidden /> {text.open}
    </button>
  ) : undefined;
}
