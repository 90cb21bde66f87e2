import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Card, ErrorPanel, LoadingBlock, TitledDialog } from '@callboard/core-components';
import { entityTitle, useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { useMessages } from '../../translation';
import { ChangeList } from './ChangeList';
import styles from './HistoryCard.module.css';
import { useEntityChanges } from './useEntityChanges';

/** So many changes stand on the card, with so many fields of each. */
const NEWEST = 5;
const FIELDS = 3;
/** So many are kept. */
const ALL = 50;

/** What changed in the entity lately, and on demand all that is known of that. */
export function HistoryCard() {
  const text = useMessages().history;
  const { entity } = useEntity();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useEntityChanges(stringifyEntityRef(entity), NEWEST);
  const hasMore =
    data && (data.pageInfo.nextCursor !== undefined || data.items.some(({ fields, moreFields }) => fields.length > FIELDS || moreFields > 0));
  return (
    <Card title={text.title} actions={hasMore && <Button onClick={() => setIsOpen(true)}>{text.showAll}</Button>}>
      {error ? (
        <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingBlock height={20} />
      ) : data.items.length === 0 ? (
        <p className={styles.faint}>{text.empty}</p>
      ) : (
        <ChangeList changes={data.items} fields={FIELDS} />
      )}
      {isOpen && <HistoryDialog entity={entity} onClose={() => setIsOpen(false)} />}
    </Card>
  );
}

function HistoryDialog({ entity, onClose }: { entity: Entity; onClose(): void }) {
  const text = useMessages().history;
  const { data, error, refetch } = useEntityChanges(stringifyEntityRef(entity), ALL);
  return (
    <TitledDialog title={text.titleOf(entityTitle(entity))} onClose={onClose}>
      {error ? (
        <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
      ) : data ? (
        <ChangeList changes={data.items} showsLocations />
      ) : (
        <LoadingBlock height={240} />
      )}
    </TitledDialog>
  );
}
