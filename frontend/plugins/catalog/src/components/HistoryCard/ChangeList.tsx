import type { EntityChange } from '@callboard/catalog-client';
import { Breakable, Time } from '@callboard/core-components';
import { useMessages } from '../../translation';
import { describeChange } from './describeChange';
import styles from './HistoryCard.module.css';

/** Changes, newest first, each with its first `fields` fields. */
export function ChangeList(props: { changes: EntityChange[]; fields?: number; showsLocations?: boolean }) {
  const { changes, fields, showsLocations } = props;
  return (
    <ol className={styles.changes}>
      {changes.map(change => (
        <li key={change.revision}>
          <div className={styles.time}>
            <Time at={change.time} />
          </div>
          <Lines change={change} fields={fields} />
          {showsLocations && change.location && <Location location={change.location} />}
        </li>
      ))}
    </ol>
  );
}

function Lines({ change, fields = change.fields.length }: { change: EntityChange; fields?: number }) {
  const text = useMessages().history;
  const hidden = Math.max(0, change.fields.length - fields) + change.moreFields;
  return (
    <ul className={styles.lines}>
      {change.fields.slice(0, fields).flatMap(field =>
        describeChange(field, text).map(({ word, code, what }) => (
          <li key={`${field.path.join(' ')} ${what}`}>
            {word && <span className={styles.word}>{word} </span>}
            {code && (
              <>
                <code>
                  <Breakable>{code}</Breakable>
                </code>{' '}
              </>
            )}
            {what}
          </li>
        )),
      )}
      {hidden > 0 && <li className={styles.faint}>{text.more(hidden)}</li>}
    </ul>
  );
}

function Location({ location }: { location: string }) {
  const text = useMessages().history;
  return (
    <p className={styles.faint}>
      {text.readFrom}{' '}
      <code>
        <Breakable>{location.replace(/^\w+:/, '')}</Breakable>
      </code>
    </p>
  );
}
