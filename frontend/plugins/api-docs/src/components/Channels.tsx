import { Card, CodeBlock, Markdown, Tag } from '@callboard/core-components';
import type { Channel } from '../lib/asyncApi';
import { useMessages } from '../translation';
import styles from './apiDocs.module.css';

/** The channels of an AsyncAPI, with an example of each message. */
export function Channels({ channels }: { channels: readonly Channel[] }) {
  const text = useMessages().definition;
  return (
    <div className={styles.stack}>
      {channels.map(({ name, description, messages: told }) => (
        <Card key={name} title={name}>
          <div className={styles.stack}>
            {description && <Markdown>{description}</Markdown>}
            {told.map(message => (
              <section key={`${message.action} ${message.name}`} aria-label={message.name} className={styles.stack}>
                <p className={styles.message}>
                  <Tag tone="info">{text[message.action]}</Tag>
                  <strong>{message.name}</strong>
                  <span className={styles.muted}>{message.summary}</span>
                </p>
                {message.example && <CodeBlock text={message.example} language="json" label={text.example(message.name)} />}
              </section>
            ))}
          </div>
        </Card>
      ))}
    </div>
  );
}
