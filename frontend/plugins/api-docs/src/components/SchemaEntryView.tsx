import { Markdown, Tag } from '@callboard/core-components';
import { useEffect, useRef, useState } from 'react';
import type { SchemaEntry, SchemaMember, TypePart } from '../lib/schema';
import { useMessages, type Messages } from '../translation';
import { HashLink } from './HashLink';
import styles from './schema.module.css';

/** So many members are drawn at once; an enum may have thousands. */
const STEP = 200;

/** A type or a service with all it has. The member that the address names stands out, and is brought into view. */
export function SchemaEntryView(props: { entry: SchemaEntry; member: string | undefined; idOf(member: string): string }) {
  const text = useMessages().schema;
  const { entry, member, idOf } = props;
  const named = entry.members.findIndex(({ name }) => name === member);
  const [drawn, setDrawn] = useState(STEP);
  const shown = entry.members.slice(0, Math.max(drawn, named + 1));
  return (
    <article id="schema-entry" aria-label={entry.name} className={styles.entry}>
      <h2 className={styles.title}>
        <span className={styles.keyword}>{entry.keyword}</span> <code>{entry.name}</code> <Deprecated reason={entry.deprecated} />
      </h2>
      {entry.description && <Markdown>{entry.description}</Markdown>}
      {entry.types.length > 0 && (
        <p className={styles.types}>
          {entry.types.map((type, index) => (
            <code key={index}>
              <TypeName parts={type} />
            </code>
          ))}
        </p>
      )}
      {shown.length > 0 && (
        <ul className={styles.members}>
          {shown.map(one => (
            <MemberRow key={one.name} member={one} id={idOf(one.name)} isNamed={one.name === member} />
          ))}
        </ul>
      )}
      {shown.length < entry.members.length && (
        <button type="button" className={styles.more} onClick={() => setDrawn(drawn + STEP)}>
          {text.showMore(entry.members.length - shown.length)}
        </button>
      )}
    </article>
  );
}

function MemberRow({ member, id, isNamed }: { member: SchemaMember; id: string; isNamed: boolean }) {
  const text = useMessages().schema;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isNamed) {
      row.current?.scrollIntoView?.({ block: 'center' });
    }
  }, [isNamed]);
  const { name, description, deprecated, number, initial, type, args, marks } = member;
  return (
    <li ref={row} className={styles.member} data-named={isNamed || undefined}>
      <div className={styles.signature}>
        <code>
          <HashLink to={id}>{name}</HashLink>
          {args.length > 0 && '(…)'}
          {type.length > 0 && <TypeName parts={[{ text: type[0]?.text.startsWith('(') ? '' : ': ' }, ...type]} />}
          {initial !== undefined && ` = ${initial}`}
        </code>
        {number !== undefined && <span className={styles.number} title={text.number}>{`= ${number}`}</span>}
        {marks.map(mark => (
          <Tag key={mark} tone="info">
            {markOf(mark, text)}
          </Tag>
        ))}
        <Deprecated reason={deprecated} />
      </div>
      {description && <Markdown>{description}</Markdown>}
      {deprecated && <p className={styles.note}>{deprecated}</p>}
      {args.length > 0 && (
        <ul aria-label={text.argumentsOf(name)} className={styles.args}>
          {args.map(argument => (
            <li key={argument.name}>
              <code>
                {argument.name}: <TypeName parts={argument.type} />
                {argument.initial !== undefined && ` = ${argument.initial}`}
              </code>{' '}
              <Deprecated reason={argument.deprecated} />
              {argument.description && <span className={styles.note}>{argument.description}</span>}
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

function markOf(mark: string, { streams }: Messages['schema']): string {
  return mark in streams ? streams[mark as keyof typeof streams] : mark;
}

function Deprecated({ reason }: { reason: string | undefined }) {
  const text = useMessages().definition;
  return reason !== undefined && <Tag tone="warning">{text.deprecated}</Tag>;
}

/** A type as it is written, each of the document's own leading to what it is. */
function TypeName({ parts }: { parts: readonly TypePart[] }) {
  return parts.map(({ text, to }, index) =>
    to === undefined ? (
      <span key={index}>{text}</span>
    ) : (
      <HashLink key={index} to={to}>
        {text}
      </HashLink>
    ),
  );
}
