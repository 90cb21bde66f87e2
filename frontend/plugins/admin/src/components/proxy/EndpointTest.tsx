import { ErrorPanel, Field, MetadataList, StatusError, StatusOK, StatusWarning } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useMutation } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { adminApiRef } from '../../api/AdminApi';
import type { EndpointSettings, TestResult } from '../../api/types';
import { useMessages } from '../../translation';
import styles from './proxy.module.css';

/** Sends a request through settings, stored or not, and tells what came of it. */
export function EndpointTest({ endpoint, disabled }: { endpoint: EndpointSettings & { id?: string }; disabled?: boolean }) {
  const text = useMessages().endpoint;
  const api = useApi(adminApiRef);
  const id = useId();
  const [path, setPath] = useState('/');
  const test = useMutation({ mutationFn: () => api.testEndpoint(endpoint, path.trim()) });
  return (
    <div className={styles.test}>
      <Field id={id} label={text.testPath}>
        <div className={styles.testRow}>
          <TextField id={id} size="small" value={path} onChange={event => setPath(event.target.value)} />
          <Button loading={test.isPending} disabled={disabled} onClick={() => test.mutate()}>
            {text.send}
          </Button>
        </div>
      </Field>
      <div aria-live="polite">
        {test.error && <ErrorPanel error={test.error} title={text.testFailed} />}
        {test.data && !test.isPending && <Result result={test.data} />}
      </div>
    </div>
  );
}

function Result({ result: { status, durationMs, error = '', addresses } }: { result: TestResult }) {
  const text = useMessages().endpoint;
  return (
    <div className={styles.test}>
      {status === undefined ? (
        <StatusError>{text.noAnswer(text.reasons[error] ?? error, durationMs)}</StatusError>
      ) : status < 400 ? (
        <StatusOK>{text.answered(status, durationMs)}</StatusOK>
      ) : (
        <StatusWarning>{text.answered(status, durationMs)}</StatusWarning>
      )}
      {addresses.length > 0 && <MetadataList items={[{ label: text.addresses, value: addresses.join(', ') }]} />}
    </div>
  );
}
