import { specString, stringifyEntityRef } from '@callboard/catalog-model';
import { CodeBlock, EmptyState, ErrorPanel, LoadingBlock, SegmentedControl } from '@callboard/core-components';
import { useEntity } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSearchParams } from 'react-router-dom';
import { changed } from '../lib/changed';
import { readAsyncApi } from '../lib/asyncApi';
import { readOpenApi } from '../lib/openApi';
import { outlineOf } from '../lib/outline';
import { useMessages } from '../translation';
import { GivenProvider } from './authorise/AuthorisationProvider';
import { Channels } from './Channels';
import { Operations } from './Operations';
import { SchemaExplorer } from './SchemaExplorer';
import styles from './apiDocs.module.css';

/** How a type of definition is read: what it is then shown as, and the reader, which is only loaded where there is something to read. */
interface Reader {
  shows: 'operations' | 'channels' | 'schema';
  read(source: string): Promise<ReactNode>;
}

const parseYaml = async (source: string): Promise<unknown> => (await import('yaml')).parse(source, { maxAliasCount: 100 });

const protobufFile: Reader = {
  shows: 'schema',
  read: async source => <SchemaExplorer document={(await import('../lib/readProtobuf')).readProtobuf(source)} />,
};

const READERS: Readonly<Record<string, Reader | undefined>> = {
  openapi: { shows: 'operations', read: async source => <Operations api={readOpenApi(await parseYaml(source))} /> },
  asyncapi: { shows: 'channels', read: async source => <Channels channels={readAsyncApi(await parseYaml(source))} /> },
  graphql: { shows: 'schema', read: async source => <SchemaExplorer document={(await import('../lib/readGraphQl')).readGraphQl(source)} /> },
  grpc: protobufFile,
  protobuf: protobufFile,
  proto: protobufFile,
};

/** The definition of the page's API, in the form that its type is read best in, or as it was written. */
export function Definition() {
  const text = useMessages().definition;
  const { entity } = useEntity();
  const [params, setParams] = useSearchParams();
  const source = specString(entity, 'definition');
  const type = specString(entity, 'type') ?? '';
  if (!source) {
    return <EmptyState icon={FileText} title={text.none} description={text.noneText} />;
  }
  const read = READERS[type];
  const view = read && params.get('view') !== 'source' ? 'rendered' : 'source';
  return (
    <GivenProvider key={stringifyEntityRef(entity)}>
      {read && (
        <div className={styles.toolbar}>
          <SegmentedControl
            label={text.view}
            value={view}
            onChange={next => setParams(before => changed(before, { view: next === 'source' ? next : undefined, operation: undefined }), { replace: true })}
            segments={[
              { value: 'rendered', label: text.rendered[read.shows] },
              { value: 'source', label: text.raw },
            ]}
          />
        </div>
      )}
      {read && view === 'rendered' ? <Rendered type={type} reader={read} source={source} /> : <Source type={type} source={source} />}
    </GivenProvider>
  );
}

function Rendered({ type, reader, source }: { type: string; reader: Reader; source: string }) {
  const text = useMessages().definition;
  const { data, error } = useQuery({
    queryKey: ['api-docs', 'parsed', type, source],
    staleTime: Infinity,
    retry: false,
    queryFn: async () => ({ Shown: await reader.read(source) }),
  });
  if (error) {
    return (
      <div className={styles.stack}>
        <ErrorPanel error={error} title={text.broken[reader.shows]} hint={text.brokenHint} />
        <Source type={type} source={source} />
      </div>
    );
  }
  if (!data) {
    return <LoadingBlock height={320} />;
  }
  return data.Shown;
}

function Source({ type, source }: { type: string; source: string }) {
  const text = useMessages().definition;
  const outline = outlineOf(type, source);
  const block = <CodeBlock text={source} language={/^\s*\{/.test(source) ? 'json' : /api$/.test(type) ? 'yaml' : undefined} label={text.title} numbered />;
  return outline.length === 0 ? (
    block
  ) : (
    <div className={styles.withOutline}>
      <nav aria-label={text.outline} className={styles.outline}>
        <ul>
          {outline.map(({ kind, name, line }) => (
            <li key={line}>
              <button type="button" data-kind={kind} onClick={event => showLine(event.currentTarget, line)}>
                <span>{kind}</span> {name}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {block}
    </div>
  );
}

/** Brings a line of the source beside the outline into view. */
function showLine(button: HTMLElement, line: number): void {
  const lines = button.closest('nav')?.nextElementSibling?.querySelectorAll('pre > span');
  lines?.[line - 1]?.scrollIntoView({ block: 'center' });
}
