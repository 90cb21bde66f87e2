import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  stringifyEntityRef,
  type Entity,
} from '@callboard/catalog-model';
import { CopyButton, ErrorPanel, MetadataList, Skeleton } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityChip, entityTitle } from '@callboard/plugin-catalog-react';
import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { messages } from '../../messages';
import styles from './InspectDialog.module.css';

const text = messages.inspect;
const VIEWS = ['overview', 'ancestry'] as const;

/** What the catalog knows of an entity beyond what it says of itself. */
export function InspectDialog(props: { entity: Entity; view: string; onView(view: string): void; onClose(): void }) {
  const { entity, view, onView, onClose } = props;
  const current = VIEWS.find(one => one === view) ?? 'overview';
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-labelledby="inspect-title">
      <div className={styles.head}>
        <h2 id="inspect-title">{text.title(entityTitle(entity))}</h2>
        <IconButton aria-label="Close" onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.body}>
        <Tabs value={current} onChange={(_, next: string) => onView(next)} aria-label={text.views}>
          {VIEWS.map(one => (
            <Tab key={one} value={one} label={text[one]} id={`inspect-${one}`} aria-controls="inspect-panel" disableRipple />
          ))}
        </Tabs>
        <div role="tabpanel" id="inspect-panel" aria-labelledby={`inspect-${current}`} className={styles.panel}>
          {current === 'overview' ? <Overview entity={entity} /> : <Ancestry entity={entity} />}
        </div>
      </div>
    </Dialog>
  );
}

function Overview({ entity }: { entity: Entity }) {
  const { metadata } = entity;
  const annotations = metadata.annotations ?? {};
  const items = [
    { label: text.ref, value: stringifyEntityRef(entity) },
    { label: text.uid, value: metadata.uid },
    { label: text.etag, value: metadata.etag },
    { label: text.apiVersion, value: entity.apiVersion },
    { label: text.location, value: annotations[ANNOTATION_LOCATION] },
    { label: text.origin, value: annotations[ANNOTATION_ORIGIN_LOCATION] },
  ];
  return (
    <MetadataList
      items={items.map(({ label, value }) => ({
        label,
        value: value && (
          <span className={styles.value}>
            <code>{value}</code>
            <CopyButton text={value} />
          </span>
        ),
      }))}
    />
  );
}

function Ancestry({ entity }: { entity: Entity }) {
  const catalogApi = useApi(catalogApiRef);
  const ref = stringifyEntityRef(entity);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'ancestry', ref],
    queryFn: ({ signal }) => catalogApi.getEntityAncestors(ref, { signal }),
  });
  if (error) {
    return <ErrorPanel error={error} title={text.ancestryFailed} onRetry={() => void refetch()} />;
  }
  return (
    <>
      <p className={styles.note}>{text.ancestryText}</p>
      <ol className={styles.ancestry}>
        {data?.items.map(({ entity: ancestor, parentEntityRefs }) => (
          <li key={stringifyEntityRef(ancestor)}>
            <EntityChip entityRef={stringifyEntityRef(ancestor)} title={entityTitle(ancestor)} />
            {parentEntityRefs.length === 0 && <span className={styles.note}>{text.root}</span>}
          </li>
        )) ?? (
          <li>
            <Skeleton width={240} />
          </li>
        )}
      </ol>
    </>
  );
}
