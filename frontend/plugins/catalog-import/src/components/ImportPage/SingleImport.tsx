import { Card, Skeleton } from '@callboard/core-components';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState, type ClipboardEvent, type FormEvent } from 'react';
import { useImport } from '../../hooks/useImport';
import { isAddress } from '../../lib/analyze';
import { useMessages } from '../../translation';
import { AnalysisResult } from './AnalysisResult';
import { Done } from './Done';
import { ImportError } from './ImportError';
import styles from './ImportPage.module.css';

/** Registers what one URL describes. */
export function SingleImport({ onSeveral }: { onSeveral(addresses: string): void }) {
  const messages = useMessages();
  const [url, setUrl] = useState('');
  const [invalid, setInvalid] = useState(false);
  const { analysis, registrations, register, isRegistering, reset } = useImport();
  const target = url.trim();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    const valid = isAddress(target);
    setInvalid(!valid);
    if (valid) {
      analysis.mutate(target);
    }
  };
  /** Several lines do not fit into one; without more ado they are several addresses. */
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text').trim();
    if (/\s/.test(text)) {
      event.preventDefault();
      onSeveral(text);
    }
  };
  const startAgain = () => {
    setUrl('');
    reset();
  };

  if (registrations) {
    return <Done registrations={registrations} busy={isRegistering} onRetry={register} onAnother={startAgain} />;
  }
  return (
    <>
      <form onSubmit={submit} noValidate className={styles.form}>
        <label htmlFor="import-url" className={styles.label}>
          {messages.url}
        </label>
        <div className={styles.field}>
          <TextField
            id="import-url"
            type="url"
            size="small"
            fullWidth
            autoComplete="off"
            placeholder={messages.urlPlaceholder}
            value={url}
            error={invalid}
            helperText={invalid ? messages.urlInvalid : undefined}
            onPaste={paste}
            onChange={event => {
              setUrl(event.target.value);
              setInvalid(false);
            }}
          />
          <Button type="submit" disabled={target === ''} loading={analysis.isPending}>
            {messages.analyze}
          </Button>
        </div>
        <button type="button" className={styles.switch} onClick={() => onSeveral(target)}>
          {messages.several}
        </button>
      </form>
      <div aria-live="polite" className={styles.main}>
        {analysis.isPending && <Pending />}
        {analysis.error && <ImportError error={analysis.error} title={messages.failedTitle} hint={messages.failedHint} />}
        {analysis.data && (
          <AnalysisResult
            key={analysis.submittedAt}
            analysis={analysis.data}
            busy={isRegistering}
            onRegister={register}
          />
        )}
      </div>
    </>
  );
}

function Pending() {
  const messages = useMessages();
  return (
    <Card title={messages.analyzing}>
      <div className={styles.pending} aria-busy>
        <Skeleton width="60%" />
        <Skeleton width="45%" />
        <Skeleton width="52%" />
      </div>
    </Card>
  );
}
