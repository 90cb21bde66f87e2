import { SearchInput, useFormats } from '@callboard/core-components';
import { useEffect, useMemo, useState } from 'react';
import { useLocation } from 'react-router-dom';
import type { SchemaDocument, SchemaEntry, SchemaGroup } from '../lib/schema';
import { useMessages } from '../translation';
import styles from './schema.module.css';
import { SchemaEntryView } from './SchemaEntryView';
import { HashLink } from './HashLink';

/** So many names of a group, or findings, are listed; the rest is found by searching. */
const LISTED = 100;
/** Stands between the id of an entry and the name of its member in an address. */
const OF = '/';

/**
 * The types of a document by their groups, and the one that the address names. Only that one is drawn, so that a document of
 * thousands is as quick as a short one.
 */
export function SchemaExplorer({ document }: { document: SchemaDocument }) {
  const text = useMessages().schema;
  const [search, setSearch] = useState('');
  const entries = useMemo(() => new Map(document.groups.flatMap(group => group.entries.map(entry => [entry.id, entry]))), [document]);
  const [id, member] = useNamed();
  const shown = entries.get(id) ?? document.groups[0]?.entries[0];
  const isMissing = id !== '' && !entries.has(id);
  return (
    <div className={styles.explorer}>
      <div className={styles.side}>
        <SearchInput label={text.search} value={search} onChange={setSearch} />
        <nav aria-label={text.contents} className={styles.contents}>
          {search.trim() === '' ? (
            document.groups.map(group => <GroupList key={group.name} group={group} shown={shown} />)
          ) : (
            <Findings groups={document.groups} search={search.trim().toLowerCase()} />
          )}
        </nav>
      </div>
      <div className={styles.shown}>
        {document.facts.map(({ name, values }) => (
          <p key={name} className={styles.fact}>
            {text[name]} {values.map(value => <code key={value}>{value}</code>)}
          </p>
        ))}
        {isMissing && <p role="status" className={styles.fact}>{text.missing(id)}</p>}
        {shown && <SchemaEntryView key={shown.id} entry={shown} member={isMissing ? undefined : member} idOf={name => `${shown.id}${OF}${name}`} />}
      </div>
    </div>
  );
}

/** What the address names: an entry, and perhaps a member of it. */
function useNamed(): [id: string, member: string | undefined] {
  const { hash } = useLocation();
  const [id = '', member] = decode(hash.slice(1)).split(OF);
  // A page whose address changes by nothing else stays where it is scrolled to; what is named now begins at its top.
  useEffect(() => {
    if (id !== '' && member === undefined) {
      globalThis.document.getElementById('schema-entry')?.scrollIntoView?.({ block: 'nearest' });
    }
  }, [id, member]);
  return [id, member];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function GroupList({ group, shown }: { group: SchemaGroup; shown: SchemaEntry | undefined }) {
  const text = useMessages().schema;
  const formats = useFormats();
  const all = namesOf(group);
  const isOfServices = group.name === 'services';
  return (
    <div role="group" aria-label={text.groups[group.name]}>
      <h2 className={styles.group}>
        {text.groups[group.name]} <span>{formats.number(isOfServices ? group.entries.length : all.length)}</span>
      </h2>
      <ul>
        {all.slice(0, LISTED).map(({ id, name }) => (
          <li key={id}>
            <HashLink to={id} current={id === shown?.id}>
              {name}
            </HashLink>
          </li>
        ))}
      </ul>
      {all.length > LISTED && <p className={styles.note}>{text.more(all.length - LISTED)}</p>}
    </div>
  );
}

/** A root is what it can be asked for, a service itself and its methods; the other groups are their types. */
function namesOf({ name: group, entries }: SchemaGroup): { id: string; name: string }[] {
  const isRoot = ['queries', 'mutations', 'subscriptions'].includes(group);
  const hasMembers = isRoot || group === 'services';
  return entries.flatMap(entry => [
    ...(isRoot && entries.length === 1 && entry.members.length > 0 ? [] : [{ id: entry.id, name: entry.name }]),
    ...(hasMembers ? entry.members.map(({ name }) => ({ id: `${entry.id}${OF}${name}`, name })) : []),
  ]);
}

/** Entries and members whose names have the searched in them; those that begin with it first. */
function Findings({ groups, search }: { groups: readonly SchemaGroup[]; search: string }) {
  const text = useMessages().schema;
  const found = groups
    .flatMap(({ entries }) =>
      entries.flatMap(entry => [
        { id: entry.id, name: entry.name, own: entry.name },
        ...entry.members.map(({ name }) => ({ id: `${entry.id}${OF}${name}`, name: `${entry.name}.${name}`, own: name })),
      ]),
    )
    .filter(({ name }) => name.toLowerCase().includes(search))
    .sort((a, b) => Number(b.own.toLowerCase().startsWith(search)) - Number(a.own.toLowerCase().startsWith(search)));
  return (
    <div role="group" aria-label={text.found}>
      <p role="status" className={styles.note}>
        {found.length === 0 ? text.noMatch : text.count(found.length)}
      </p>
      <ul>
        {found.slice(0, LISTED).map(({ id, name }) => (
          <li key={id}>
            <HashLink to={id}>{name}</HashLink>
          </li>
        ))}
      </ul>
      {found.length > LISTED && <p className={styles.note}>{text.more(found.length - LISTED)}</p>}
    </div>
  );
}
