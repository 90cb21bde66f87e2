import { Breakable, Card, Content, EmptyState, ErrorPanel, PageHeader, Skeleton } from '@callboard/core-components';
import { EntityChip, useEntitiesByRefs } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { CircleCheck } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { Link } from 'react-router-dom';
import { messages } from '../../messages';
import { AnalysisResult } from './AnalysisResult';
import styles from './ImportPage.module.css';
import { useImport, type Registered } from './useImport';

/** Registers what a URL describes, after showing what that is. */
export function ImportPage() {
  const [url, setUrl] = useState('');
  const [invalid, setInvalid] = useState(false);
  const { analysis, registration } = useImport();
  const target = url.trim();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    registration.reset();
    const valid = URL.canParse(target) && /^https?:$/.test(new URL(target).protocol);
    setInvalid(!valid);
    if (valid) {
      analysis.mutate(target);
    }
  };
  const reset = () => {
    setUrl('');
    analysis.reset();
    registration.reset();
  };

  return (
    <>
      <PageHeader title={messages.title} subtitle={messages.subtitle} breadcrumb={[{ label: messages.catalog, to: '/' }]} />
      <Content>
        <div className={styles.layout}>
          <div className={styles.main}>
            {registration.data ? (
              <Done registered={registration.data} onAnother={reset} />
            ) : (
              <>
                <form onSubmit={submit} noValidate className={styles.form}>
                  <label htmlFor="import-url" className={styles.label}>
                    {messages.url}
                  </label>
                  <div className={styles.field}>
                    <TextField
                      id="import-url"
                      type="url"
                      size="small"
                      fullWidth
                      autoComplete="off"
                      placeholder={messages.urlPlaceholder}
                      value={url}
                      error={invalid}
                      helperText={invalid ? messages.urlInvalid : undefined}
                      onChange={event => {
                        setUrl(event.target.value);
                        setInvalid(false);
                      }}
                    />
                    <Button type="submit" disabled={target === ''} loading={analysis.isPending}>
                      {messages.analyze}
                    </Button>
                  </div>
                </form>
                <div aria-live="polite" className={styles.main}>
                  {analysis.isPending && <Pending />}
                  {analysis.error && <ErrorPanel error={analysis.error} title={messages.failedTitle} hint={messages.failedHint} />}
                  {analysis.data && (
                    <AnalysisResult
                      key={analysis.submittedAt}
                      analysis={analysis.data}
                      busy={registration.isPending}
                      onRegister={files => registration.mutate(files)}
                    />
                  )}
                  {registration.error && <ErrorPanel error={registration.error} title={messages.registerFailed} />}
                </div>
              </>
            )}
          </div>
          <Help />
        </div>
      </Content>
    </>
  );
}

function Pending() {
  return (
    <Card title={messages.analyzing}>
      <div className={styles.pending}>
        <Skeleton width="60%" />
        <Skeleton width="45%" />
        <Skeleton width="52%" />
      </div>
    </Card>
  );
}

function Done({ registered, onAnother }: { registered: Registered; onAnother(): void }) {
  const references = useEntitiesByRefs(registered.entityRefs);
  return (
    <EmptyState
      icon={CircleCheck}
      title={messages.done}
      description={
        <>
          <p>{messages.doneText}</p>
          <ul className={styles.done}>
            {registered.entityRefs.map(ref => (
              <li key={ref}>
                <EntityChip entityRef={ref} title={references.title(ref)} />
              </li>
            ))}
          </ul>
        </>
      }
      action={
        <>
          <Button component={Link} to="/" variant="contained" color="primary">
            {messages.toCatalog}
          </Button>
          <Button onClick={onAnother}>{messages.another}</Button>
        </>
      }
    />
  );
}

function Help() {
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
      </dl>
    </Card>
  );
}
