import { EmptyState } from '@callboard/core-components';
import { EntityChip, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { CircleAlert, CircleCheck } from 'lucide-react';
import { Link } from 'react-router-dom';
import type { FoundFile } from '../../lib/analyze';
import type { Registration } from '../../lib/register';
import { useMessages } from '../../translation';
import { ImportError } from './ImportError';
import styles from './ImportPage.module.css';

/** What was registered, and what of it was not, each with its reason. */
export function Done(props: {
  registrations: readonly Registration[];
  busy: boolean;
  onRetry(files: readonly FoundFile[]): void;
  onAnother(): void;
}) {
  const messages = useMessages();
  const { registrations, busy, onRetry, onAnother } = props;
  const failed = registrations.filter(({ error }) => error);
  const refs = registrations.flatMap(({ entityRefs }) => entityRefs);
  const references = useEntitiesByRefs(refs);
  const isNothing = failed.length === registrations.length;
  return (
    <>
      {failed.map(
        ({ file, error }) =>
          error && <ImportError key={file.target} error={error} title={messages.fileFailed(file.target)} hint={messages.retryHint} />,
      )}
      <EmptyState
        icon={isNothing ? CircleAlert : CircleCheck}
        title={isNothing ? messages.registerFailed : messages.done}
        description={
          !isNothing && (
            <>
              <p>{messages.doneText}</p>
              <ul className={styles.done}>
                {refs.map(ref => (
                  <li key={ref}>
                    <EntityChip entityRef={ref} title={references.title(ref)} />
                  </li>
                ))}
              </ul>
            </>
          )
        }
        action={
          <>
            {failed.length > 0 && (
              <Button loading={busy} onClick={() => onRetry(failed.map(({ file }) => file))}>
                {messages.retryFailed(failed.length)}
              </Button>
            )}
            <Button component={Link} to="/" variant={isNothing ? undefined : 'contained'} color="primary">
              {messages.toCatalog}
            </Button>
            <Button onClick={onAnother}>{messages.another}</Button>
          </>
        }
      />
    </>
  );
}
