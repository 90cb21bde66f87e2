import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  ANNOTATION_SOURCE_LOCATION,
  groupRelations,
  isOrphan,
  processingErrors,
  relationInfo,
  stringifyEntityRef,
  type Entity,
} from '@callboard/catalog-model';
import { CopyButton, MetadataList, StatusError, StatusOK, StatusWarning, useFormats } from '@callboard/core-components';
import { useMessages } from '../../translation';
import styles from './InspectDialog.module.css';

/** What the catalog knows an entity by, where it has it from, and how it is. */
export function InspectOverview({ entity }: { entity: Entity }) {
  const text = useMessages().inspect;
  const formats = useFormats();
  const { metadata, relations } = entity;
  const annotations = metadata.annotations ?? {};
  const items = [
    { label: text.ref, value: stringifyEntityRef(entity) },
    { label: text.uid, value: metadata.uid },
    { label: text.etag, value: metadata.etag },
    { label: text.apiVersion, value: entity.apiVersion },
    { label: text.location, value: annotations[ANNOTATION_LOCATION] },
    { label: text.origin, value: annotations[ANNOTATION_ORIGIN_LOCATION] },
    { label: text.source, value: annotations[ANNOTATION_SOURCE_LOCATION] },
  ];
  return (
    <MetadataList
      items={[
        { label: text.status, value: <Status entity={entity} /> },
        ...items.map(({ label, value }) => ({
          label,
          value: value && (
            <span className={styles.value}>
              <code>{value}</code>
              <CopyButton text={value} />
            </span>
          ),
        })),
        {
          label: text.relations,
          value: groupRelations(relations, formats.compare)
            .map(({ type, targets }) => `${relationInfo(type).phrase} ${formats.number(targets.length)}`)
            .join(' · '),
        },
      ]}
    />
  );
}

function Status({ entity }: { entity: Entity }) {
  const text = useMessages().inspect;
  const errors = processingErrors(entity);
  if (errors.length > 0) {
    return <StatusError>{text.hasErrors(errors.length)}</StatusError>;
  }
  return isOrphan(entity) ? <StatusWarning>{text.isOrphan}</StatusWarning> : <StatusOK>{text.isFine}</StatusOK>;
}
