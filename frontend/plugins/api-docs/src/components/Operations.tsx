import { CodeBlock, DataTable, Markdown, SearchInput, Tag, type DataColumn } from '@callboard/core-components';
import { ChevronRight } from 'lucide-react';
import { useId, useState } from 'react';
import { useSearchParams } from 'react-router-dom';
import { changed } from '../lib/changed';
import type { OpenApi, Operation, Parameter } from '../lib/openApi';
import { useMessages, type Messages } from '../translation';
import { AuthorisationProvider, AuthoriseButton } from './authorise/AuthorisationProvider';
import { TryIt } from './TryIt';
import styles from './apiDocs.module.css';

/** The operations of an OpenAPI by their tags, each opening in place. The open one is in the URL. */
export function Operations({ api }: { api: OpenApi }) {
  const text = useMessages().definition;
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState('');
  const open = params.get('operation');
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = api.operations.filter(({ id, summary, tag }) => {
    const searched = `${id} ${summary} ${tag}`.toLowerCase();
    return words.every(word => searched.includes(word));
  });
  const tags = [...new Set(found.map(({ tag }) => tag))];
  const toggle = (id: string) => setParams(before => changed(before, { operation: open === id ? undefined : id }), { replace: true });
  return (
    <AuthorisationProvider api={api}>
      <div className={styles.stack}>
        {api.description && <Markdown>{api.description}</Markdown>}
        <div className={styles.head}>
          <SearchInput label={text.search} value={search} onChange={setSearch} />
          <AuthoriseButton />
        </div>
        {found.length === 0 && <p className={styles.muted}>{text.noMatch}</p>}
        {tags.map(tag => (
          <section key={tag} aria-label={tag || text.untagged}>
            <h2 className={styles.tag}>{tag || text.untagged}</h2>
            <ul className={styles.operations}>
              {found
                .filter(operation => operation.tag === tag)
                .map(operation => (
                  <OperationRow
                    key={operation.id}
                    servers={api.servers}
                    operation={operation}
                    open={open === operation.id}
                    onToggle={() => toggle(operation.id)}
                  />
                ))}
            </ul>
          </section>
        ))}
      </div>
    </AuthorisationProvider>
  );
}

function OperationRow(props: { servers: readonly string[]; operation: Operation; open: boolean; onToggle(): void }) {
  const text = useMessages().definition;
  const { servers, operation, open, onToggle } = props;
  const panel = useId();
  return (
    <li>
      <button type="button" className={styles.operation} aria-expanded={open} aria-controls={open ? panel : undefined} onClick={onToggle}>
        <span className={styles.method} data-method={operation.method}>
          {operation.method}
        </span>
        <code>{operation.path}</code>
        <span className={styles.summary}>{operation.summary}</span>
        {operation.deprecated && <Tag tone="warning">{text.deprecated}</Tag>}
        <ChevronRight size={14} aria-hidden className={styles.chevron} data-open={open} />
      </button>
      {open && (
        <div id={panel} className={styles.panel}>
          <OperationDetails servers={servers} operation={operation} />
        </div>
      )}
    </li>
  );
}

const columns = (text: Messages['definition']): DataColumn<Parameter>[] => [
  {
    id: 'name',
    title: text.columns.name,
    width: '28%',
    render: ({ name, required }) => (
      <>
        <code>{name}</code> {required && <Tag tone="warning">{text.required}</Tag>}
      </>
    ),
  },
  { id: 'in', title: text.columns.in, width: '80px', render: parameter => parameter.in },
  { id: 'type', title: text.columns.type, width: '24%', render: ({ type }) => <span title={type}>{type}</span> },
  { id: 'description', title: text.columns.description, render: ({ description }) => description && <span title={description}>{description}</span> },
];

function OperationDetails({ servers, operation }: { servers: readonly string[]; operation: Operation }) {
  const messages = useMessages();
  const text = messages.definition;
  const { description, parameters, bodyExample, responses } = operation;
  const [trying, setTrying] = useState(false);
  return (
    <>
      {description && <Markdown>{description}</Markdown>}
      {trying ? (
        <TryIt servers={servers} operation={operation} />
      ) : (
        <>
          {parameters.length > 0 && (
            <DataTable label={text.parameters} columns={columns(text)} rows={parameters} rowKey={({ name, in: place }) => `${place} ${name}`} />
          )}
          {bodyExample && (
            <section aria-label={text.body}>
              <h3 className={styles.heading}>{text.body}</h3>
              <CodeBlock text={bodyExample} language="json" label={text.example(text.body)} />
            </section>
          )}
          {servers.length > 0 && (
            <div>
              <button type="button" className={styles.try} onClick={() => setTrying(true)}>
                {messages.tryIt.open}
              </button>
            </div>
          )}
        </>
      )}
      <section aria-label={text.responses} className={styles.stack}>
        <h3 className={styles.heading}>{text.responses}</h3>
        {responses.map(response => (
          <div key={response.status} className={styles.stack}>
            <p className={styles.message}>
              <Tag tone={/^2/.test(response.status) ? 'success' : /^[45]/.test(response.status) ? 'danger' : undefined}>{response.status}</Tag>
              <span>{response.description}</span>
            </p>
            {response.example && <CodeBlock text={response.example} language="json" label={text.example(response.status)} />}
          </div>
        ))}
      </section>
    </>
  );
}
