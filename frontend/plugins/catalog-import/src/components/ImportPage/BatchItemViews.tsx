import { StatusError, StatusOK, StatusPending, StatusRunning, StatusWarning } from '@callboard/core-components';
import { EntityChip } from '@callboard/plugin-catalog-react';
import type { ReactNode } from 'react';
import { registrable, type BatchItem } from '../../hooks/useBatch';
import { filesOf } from '../../lib/analyze';
import { useMessages } from '../../translation';
import { EntityPreview } from './EntityPreview';
import { ImportError } from './ImportError';
import styles from './ImportPage.module.css';

/** How far an address is, in a word. */
export function BatchStatus({ item }: { item: BatchItem }): ReactNode {
  const messages = useMessages();
  const text = messages.batch;
  const { step, analysis, error, registrations = [] } = item;
  const files = analysis ? filesOf(analysis) : [];
  const failures = [...files, ...registrations].filter(one => one.error).length;
  switch (step) {
    case 'waiting':
      return <StatusPending>{text.waiting}</StatusPending>;
    case 'analyzing':
      return <StatusRunning>{text.analyzing}</StatusRunning>;
    case 'registering':
      return <StatusRunning>{text.registering}</StatusRunning>;
    case 'registered':
      return failures > 0 ? <StatusError>{text.partly(failures)}</StatusError> : <StatusOK>{messages.done}</StatusOK>;
    case 'analyzed': {
      if (error || (failures > 0 && failures === files.length)) {
        return <StatusError>{text.failed}</StatusError>;
      }
      if (files.length === 0) {
        return <StatusWarning>{messages.noneTitle}</StatusWarning>;
      }
      const found = registrable(item);
      const entities = found.reduce((sum, file) => sum + file.entities.length, 0);
      return found.length === 0 ? <StatusOK>{text.known}</StatusOK> : <StatusOK>{messages.preview(entities)}</StatusOK>;
    }
  }
}

/** All there is to know of an address. */
export function BatchDetails({ item: { analysis, error, registrations = [] } }: { item: BatchItem }) {
  const messages = useMessages();
  const text = messages.batch;
  const refs = registrations.flatMap(({ entityRefs }) => entityRefs);
  const failed = [...(analysis ? filesOf(analysis) : []), ...registrations.map(one => ({ ...one.file, error: one.error }))].filter(
    one => one.error,
  );
  return (
    <div className={styles.main}>
      {error && <ImportError error={error} title={messages.failedTitle} hint={messages.failedHint} />}
      {failed.map(
        file => file.error && <ImportError key={file.target} error={file.error} title={messages.fileFailed(file.target)} />,
      )}
      {analysis?.found === 'nothing' && <p>{text.noneText}</p>}
      {refs.length > 0 ? (
        <ul className={styles.chips}>
          {refs.map(ref => (
            <li key={ref}>
              <EntityChip entityRef={ref} />
            </li>
          ))}
        </ul>
      ) : (
        analysis &&
        filesOf(analysis)
          .filter(file => !file.error)
          .map(file => <EntityPreview key={file.target} entities={file.entities} />)
      )}
      {!analysis && !error && <p>{text.waiting}</p>}
    </div>
  );
}
