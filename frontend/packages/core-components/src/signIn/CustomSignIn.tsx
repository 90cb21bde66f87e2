import type { IdentityApi } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useId, useState, type FormEvent } from 'react';
import { TextInput } from '../inputs/TextInput';
import { CustomIdentity } from './CustomIdentity';
import styles from './signIn.module.css';
import { useMessages } from './translation';

/** Three parts of base64url, as every JSON web token has. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** Lets a person say who they are, and bring a token, say to try a portal as somebody else. */
export function CustomSignIn({ disabled, onSignInSuccess }: { disabled: boolean; onSignInSuccess(identity: IdentityApi): void }) {
  const text = useMessages().signIn.custom;
  const titleId = useId();
  const [userId, setUserId] = useState('');
  const [idToken, setIdToken] = useState('');
  const [isSent, setIsSent] = useState(false);
  const entered = { userId: userId.trim(), idToken: idToken.trim() || undefined };
  const problems = {
    userId: entered.userId === '' && text.userIdMissing,
    idToken: entered.idToken !== undefined && !TOKEN.test(entered.idToken) && text.idTokenInvalid,
  };

  const enter = (event: FormEvent) => {
    event.preventDefault();
    setIsSent(true);
    if (!problems.userId && !problems.idToken) {
      onSignInSuccess(new CustomIdentity(entered));
    }
  };
  return (
    <form className={styles.custom} aria-labelledby={titleId} noValidate onSubmit={enter}>
      <h2 id={titleId} className={styles.customTitle}>
        {text.title}
      </h2>
      <p className={styles.note}>{text.note}</p>
      <TextInput label={text.userId} value={userId} problem={isSent && problems.userId} onChange={setUserId} />
      <TextInput label={text.idToken} value={idToken} problem={(isSent || entered.idToken !== undefined) && problems.idToken} onChange={setIdToken} />
      <Button type="submit" variant="outlined" color="inherit" fullWidth disabled={disabled}>
        {text.enter}
      </Button>
    </form>
  );
}
