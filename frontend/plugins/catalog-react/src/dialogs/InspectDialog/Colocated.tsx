import { ANNOTATION_LOCATION, ANNOTATION_ORIGIN_LOCATION, stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Breakable, ErrorPanel, LoadingBlock, useFormats } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { catalogApiRef } from '../../apis/catalogApi';
import { EntityChip } from '../../components/references/EntityRefLink';
import { entityTitle, PRESENTATION_FIELDS } from '../../entities/presentation';
import { useMessages } from '../../translation';
import styles from './InspectDialog.module.css';

const LISTED = 100;

/** What is declared in the same file, and what came by the same registration. */
export function Colocated({ entity }: { entity: Entity }) {
  const text = useMessages().inspect;
  const annotations = entity.metadata.annotations ?? {};
  const location = annotations[ANNOTATION_LOCATION];
  const origin = annotations[ANNOTATION_ORIGIN_LOCATION];
  if (!location && !origin) {
    return <p className={styles.note}>{text.noLocation}</p>;
  }
  return (
    <div className={styles.groups}>
      {location && <Group title={text.sameFile} annotation={ANNOTATION_LOCATION} value={location} self={entity} />}
      {origin && origin !== location && (
        <Group title={text.sameOrigin} annotation={ANNOTATION_ORIGIN_LOCATION} value={origin} self={entity} />
      )}
    </div>
  );
}

function Group(props: { title: string; annotation: string; value: string; self: Entity }) {
  const text = useMessages().inspect;
  const { title, annotation, value, self } = props;
  const catalogApi = useApi(catalogApiRef);
  const { data, error, refetch } = useQuery({
    queryKey: ['catalog', 'colocated', annotation, value],
    queryFn: ({ signal }) =>
      catalogApi.queryEntities(
        {
          filter: { [`metadata.annotations.${annotation}`]: value },
          fields: PRESENTATION_FIELDS,
          limit: LISTED,
          orderFields: { field: 'metadata.name', order: 'asc' },
        },
        { signal },
      ),
  });
  const formats = useFormats();
  const others = data?.items.filter(item => stringifyEntityRef(item) !== stringifyEntityRef(self));
  const total = Math.max(0, (data?.totalItems ?? 0) - 1);
  return (
    <section aria-label={title}>
      <h3 className={styles.groupTitle}>
        {title} {data && <span className={styles.note}>{formats.number(total)}</span>}
      </h3>
      <p className={styles.note}>
        <code>
          <Breakable>{value}</Breakable>
        </code>
      </p>
      {error && <ErrorPanel error={error} title={text.colocatedFailed} onRetry={() => void refetch()} />}
      {!data && !error && <LoadingBlock width={240} />}
      {others?.length === 0 && <p className={styles.note}>{text.alone}</p>}
      <ul className={styles.chips}>
        {others?.map(other => (
          <li key={stringifyEntityRef(other)}>
            <EntityChip entityRef={stringifyEntityRef(other)} title={entityTitle(other)} />
          </li>
        ))}
      </ul>
      {others && total > others.length && <p className={styles.note}>{text.more(total - others.length)}</p>}
    </section>
  );
}
