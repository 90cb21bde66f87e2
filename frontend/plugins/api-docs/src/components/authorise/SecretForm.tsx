import { TextInput } from '@callboard/core-components';
import Button from '@mui/material/Button';
import { useState, type FormEvent, type ReactNode } from 'react';
import { basic, type Credential } from '../../lib/authorisation';
import { useMessages } from '../../translation';
import styles from '../apiDocs.module.css';

/** Asks for a token or a key. */
export function SecretForm({ label, onGive }: { label: string; onGive(secret: string): void }) {
  const [secret, setSecret] = useState('');
  return (
    <GiveForm isComplete={secret.trim() !== ''} onGive={() => onGive(secret.trim())}>
      <TextInput type="password" label={label} value={secret} onChange={setSecret} />
    </GiveForm>
  );
}

/** Asks for a user's name and password. */
export function BasicForm({ onGive }: { onGive(credential: Credential): void }) {
  const text = useMessages().authorise;
  const [user, setUser] = useState('');
  const [password, setPassword] = useState('');
  return (
    <GiveForm isComplete={user !== ''} onGive={() => onGive(basic(user, password))}>
      <TextInput label={text.user} value={user} onChange={setUser} />
      <TextInput type="password" label={text.password} value={password} onChange={setPassword} />
    </GiveForm>
  );
}

function GiveForm({ isComplete, onGive, children }: { isComplete: boolean; onGive(): void; children: ReactNode }) {
  const text = useMessages().authorise;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onGive();
  };
  return (
    <form className={styles.stack} autoComplete="off" onSubmit={submit}>
      {children}
      <div>
        <Button type="submit" variant="contained" color="primary" size="small" disabled={!isComplete}>
          {text.give}
        </Button>
      </div>
    </form>
  );
}
