import type { UnprocessedEntity } from '@callboard/catalog-client';
import { CodeBlock, CopyButton, MetadataList } from '@callboard/core-components';
import { isError, type ErrorLike } from '@callboard/errors';
import { EntityChip } from '@callboard/plugin-catalog-react';
import { useMessages } from '../../translation';
import { LocationLink } from './LocationLink';
import styles from './UnprocessedEntitiesPage.module.css';

/** All that is known of an entity that is unprocessed. */
export function Details({ row }: { row: UnprocessedEntity }) {
  const messages = useMessages();
  const text = messages.detail;
  const { errors, location_key: location, emitted_by: emittedBy, entity_id: id, unprocessed_entity: descriptor } = row;
  return (
    <div className={styles.details}>
      {errors.length > 0 && (
        <ul className={styles.errors} aria-label={text.errors}>
          {errors.map((error, index) => (
            // Errors have no identity, and are never reordered.
            <li key={index}>
              <ErrorText error={error} />
            </li>
          ))}
        </ul>
      )}
      <MetadataList
        items={[
          { label: messages.columns.location, value: <LocationLink location={location} /> },
          { label: text.emittedBy, value: emittedBy && <EntityChip entityRef={emittedBy} /> },
          {
            label: text.id,
            value: id && (
              <>
                <code>{id}</code> <CopyButton text={id} />
              </>
            ),
          },
        ]}
      />
      {descriptor && <CodeBlock text={JSON.stringify(descriptor, undefined, 2)} language="json" label={text.descriptor} />}
    </div>
  );
}

function ErrorText({ error: { name, message, cause } }: { error: ErrorLike }) {
  const text = useMessages().detail;
  return (
    <>
      <strong>{name}</strong> <span className={styles.message}>{message}</span>
      {isError(cause) && (
        <div className={styles.cause}>
          {text.causedBy} <ErrorText error={cause} />
        </div>
      )}
    </>
  );
}
