import { stringifyEntityRef, tryParse } from '@callboard/catalog-model';
import { classes, Link, moveFocus, useHotkey } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { EntityRefLink, entityRouteRef, KindIcon, LifecycleTag, typeTitle, useEntitiesByRefs, type ReferencedEntities } from '@callboard/plugin-catalog-react';
import { FileText } from 'lucide-react';
import { useRef } from 'react';
import type { SearchResult } from '../../hooks/useSearchResults';
import { partsBeside, splitHighlight } from '../../lib/highlight';
import { useMessages } from '../../translation';
import styles from './SearchPage.module.css';

/** What is found, the best match first. j and k move among the results, Enter opens one. */
export function ResultList({ results, stale }: { results: readonly SearchResult[]; stale: boolean }) {
  const messages = useMessages();
  const list = useRef<HTMLUListElement>(null);
  useHotkey(['j'], messages.next, () => moveFocus(list.current, 'li', 1));
  useHotkey(['k'], messages.previous, () => moveFocus(list.current, 'li', -1));
  const owners = useEntitiesByRefs(results.flatMap(({ document }) => ownerRef(document) ?? []));
  return (
    <ul ref={list} className={classes(styles.results, stale && styles.stale)} aria-label={messages.results} aria-busy={stale}>
      {results.map(result => (
        <li key={`${result.type} ${result.document.location}`} className={styles.result}>
          <Result result={result} owners={owners} />
        </li>
      ))}
    </ul>
  );
}

function Result({ result, owners }: { result: SearchResult; owners: ReferencedEntities }) {
  const messages = useMessages();
  const { document } = result;
  const path = usePath(document.location);
  const owner = ownerRef(document);
  return (
    <>
      {document.kind ? <KindIcon kind={document.kind} /> : <FileText size={20} className={styles.icon} aria-hidden />}
      <div className={styles.found}>
        <h2 className={styles.title}>
          <Link to={path} rank={result.rank}>
            <Highlighted result={result} field="title" />
          </Link>
        </h2>
        {document.text && (
          <p className={styles.text}>
            <Highlighted result={result} field="text" />
          </p>
        )}
        <p className={styles.facts}>
          {document.kind && <span>{document.kind}</span>}
          {document.type && document.type !== 'other' && <span>{typeTitle(document.type)}</span>}
          <LifecycleTag lifecycle={document.lifecycle} />
          {owner && (
            <span>
              {messages.ownedBy} <EntityRefLink entityRef={owner} title={owners.title(owner)} defaultKind="group" />
            </span>
          )}
        </p>
      </div>
    </>
  );
}

/** A field of the document, with what matches marked. */
function Highlighted({ result, field }: { result: SearchResult; field: 'title' | 'text' }) {
  const { document, highlight } = result;
  const { preTag = '', postTag = '' } = highlight ?? {};
  const marked = highlight?.fields[field] ?? document[field];
  const hasParts = field === 'text' && /^(group|user)$/i.test(document.kind ?? '');
  const shown = hasParts ? partsBeside(document.title, marked, preTag, postTag) : marked;
  return splitHighlight(shown, preTag, postTag).map(({ text, isMatch }, index) =>
    // The pieces are never reordered.
    isMatch ? <mark key={index}>{text}</mark> : <span key={index}>{text}</span>,
  );
}

/** Where a document's page is: an entity's is where configuration has put it. */
function usePath(location: string): string {
  const entityPath = useRouteRef(entityRouteRef);
  const [, namespace, kind, name] = /^\/catalog\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(location) ?? [];
  return namespace && kind && name ? entityPath({ namespace, kind, name }) : location;
}

/** Owners are written without what is taken for granted: a group, of the same namespace. */
function ownerRef({ owner = '', location }: SearchResult['document']): string | undefined {
  const ref = tryParse(owner, { defaultKind: 'group', defaultNamespace: location.split('/')[2] });
  return ref && stringifyEntityRef(ref);
}
