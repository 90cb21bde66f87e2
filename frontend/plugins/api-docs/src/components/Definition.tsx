import { specString } from '@callboard/catalog-model';
import { CodeBlock, EmptyState, ErrorPanel, LoadingBlock, SegmentedControl } from '@callboard/core-components';
import { useEntity } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { FileText } from 'lucide-react';
import { useSearchParams } from 'react-router-dom';
import { changed } from '../lib/changed';
import { readAsyncApi } from '../lib/asyncApi';
import { readOpenApi } from '../lib/openApi';
import { outlineOf } from '../lib/outline';
import { useMessages } from '../translation';
import { Channels } from './Channels';
import { Operations } from './Operations';
import styles from './apiDocs.module.css';

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
  const canRender = type === 'openapi' || type === 'asyncapi';
  const view = canRender && params.get('view') !== 'source' ? 'rendered' : 'source';
  return (
    <>
      {canRender && (
        <div className={styles.toolbar}>
          <SegmentedControl
            label={text.view}
            value={view}
            onChange={next => setParams(before => changed(before, { view: next === 'source' ? next : undefined, operation: undefined }), { replace: true })}
            segments={[
              { value: 'rendered', label: text.rendered },
              { value: 'source', label: text.raw },
            ]}
          />
        </div>
      )}
      {view === 'rendered' ? <Rendered type={type} source={source} /> : <Source type={type} source={source} />}
    </>
  );
}

function Rendered({ type, source }: { type: string; source: string }) {
  const text = useMessages().definition;
  // The reader of YAML is only loaded where there is something to read.
  const { data, error } = useQuery({
    queryKey: ['api-docs', 'parsed', type, source],
    staleTime: Infinity,
    retry: false,
    queryFn: async () => {
      const { parse } = await import('yaml');
      const document: unknown = parse(source, { maxAliasCount: 100 });
      return type === 'openapi' ? { openApi: readOpenApi(document) } : { channels: readAsyncApi(document) };
    },
  });
  if (error) {
    return (
      <div className={styles.stack}>
        <ErrorPanel error={error} title={text.broken} hint={text.brokenHint} />
        <Source type={type} source={source} />
      </div>
    );
  }
  if (!data) {
    return <LoadingBlock height={320} />;
  }
  return 'openApi' in data && data.openApi ? <Operations api={data.openApi} /> : <Channels channels={data.channels ?? []} />;
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
