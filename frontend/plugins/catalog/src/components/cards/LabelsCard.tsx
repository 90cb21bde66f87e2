import { Breakable, Card, MetadataList } from '@callboard/core-components';
import { useEntity } from '@callboard/plugin-catalog-react';
import { useMessages } from '../../translation';
import styles from './cards.module.css';

/** What tools read on the entity: labels to select by, annotations to act on. */
export function LabelsCard() {
  const text = useMessages().labels;
  const { entity } = useEntity();
  const { labels, annotations } = entity.metadata;
  return (
    <>
      {labels && Object.keys(labels).length > 0 && (
        <Card title={text.title} count={Object.keys(labels).length}>
          <KeyValues values={labels} />
        </Card>
      )}
      {annotations && Object.keys(annotations).length > 0 && (
        <Card title={text.annotations} count={Object.keys(annotations).length}>
          <KeyValues values={annotations} />
        </Card>
      )}
    </>
  );
}

function KeyValues({ values }: { values: Record<string, string> }) {
  return (
    <div className={styles.keyValues}>
      <MetadataList
        items={Object.entries(values).map(([label, value]) => ({
          label,
          value: (
            <code>
              <Breakable>{value}</Breakable>
            </code>
          ),
        }))}
      />
    </div>
  );
}
