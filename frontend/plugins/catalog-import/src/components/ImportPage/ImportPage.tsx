import { Breakable, Card, Content, PageHeader } from '@callboard/core-components';
import { useState } from 'react';
import { useMessages } from '../../translation';
import { BatchImport } from './BatchImport';
import styles from './ImportPage.module.css';
import { SingleImport } from './SingleImport';

/** Registers what a URL describes, or several do, after showing what that is. */
export function ImportPage() {
  const messages = useMessages();
  /** The addresses to begin several with; undefined while it is one. */
  const [several, setSeveral] = useState<string>();
  return (
    <>
      <PageHeader title={messages.title} subtitle={messages.subtitle} breadcrumb={[{ label: messages.catalog, to: '/' }]} />
      <Content>
        <div className={styles.layout}>
          <div className={styles.main}>
            {several === undefined ? (
              <SingleImport onSeveral={setSeveral} />
            ) : (
              <BatchImport initial={several} onSingle={() => setSeveral(undefined)} />
            )}
          </div>
          <Help />
        </div>
      </Content>
    </>
  );
}

function Help() {
  const messages = useMessages();
  const { help } = messages;
  return (
    <Card title={help.title}>
      <dl className={styles.help}>
        <dt>{help.file}</dt>
        <dd>
          {help.fileText}
          <code>
            <Breakable>{messages.urlPlaceholder}</Breakable>
          </code>
        </dd>
        <dt>{help.repository}</dt>
        <dd>
          {help.repositoryText}
          <code>{help.example}</code>
        </dd>
        <dt>{help.several}</dt>
        <dd>{help.severalText}</dd>
      </dl>
    </Card>
  );
}
