import { isScriptUrl, Link, Markdown, Tag, TitledDialog, useFormats } from '@callboard/core-components';
import type { RadarEntry, TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import Button from '@mui/material/Button';
import { ArrowDown, ArrowUp, ChevronLeft, ChevronRight, Minus } from 'lucide-react';
import { moveAt, type PlacedEntry } from '../../lib/radarEntries';
import { useMessages } from '../../translation';
import { toneOf } from './BlipShape';
import styles from './EntryDialog.module.css';

/** All there is to say about an entry: why, where to read on, and how it came there. */
export function EntryDialog(props: {
  radar: TechRadarLoaderResponse;
  entry: PlacedEntry;
  /** Among which one goes back and forth. */
  entries: readonly PlacedEntry[];
  onOpen(id: string): void;
  onClose(): void;
}) {
  const messages = useMessages();
  const text = messages.entry;
  const { radar, entry, entries, onOpen, onClose } = props;
  const position = entries.findIndex(({ id }) => id === entry.id);
  const [previous, next] = [entries[position - 1], entries[position + 1]];
  const description = entry.description ?? entry.timeline[0]?.description;
  const links = [...(entry.url ? [{ url: entry.url, title: text.learnMore }] : []), ...(entry.links ?? [])];
  return (
    <TitledDialog
      title={entry.title}
      onClose={onClose}
      actions={
        <>
          <Button disabled={!previous} aria-label={text.previous(previous?.title)} onClick={() => previous && onOpen(previous.id)} startIcon={<ChevronLeft size={16} />}>
            {previous?.title ?? text.previous()}
          </Button>
          <Button disabled={!next} aria-label={text.next(next?.title)} onClick={() => next && onOpen(next.id)} endIcon={<ChevronRight size={16} />}>
            {next?.title ?? text.next()}
          </Button>
        </>
      }
    >
      <p className={styles.facts}>
        <strong style={{ color: toneOf(radar, entry.ringIndex) }}>{radar.rings[entry.ringIndex]?.name}</strong>
        <span>{radar.quadrants[entry.quadrantIndex]?.name}</span>
        {entry.movement !== 'still' && <Tag>{messages.movement[entry.movement]}</Tag>}
      </p>
      {description ? <Markdown>{description}</Markdown> : <p className={styles.faint}>{text.noDescription}</p>}
      <Links links={links} />
      <History radar={radar} entry={entry} />
    </TitledDialog>
  );
}

function Links({ links }: { links: readonly { url: string; title: string }[] }) {
  const safe = links.filter(({ url }) => !isScriptUrl(url));
  return (
    safe.length > 0 && (
      <ul className={styles.links}>
        {safe.map(({ url, title }) => (
          <li key={`${url} ${title}`}>
            <Link to={url}>{title}</Link>
          </li>
        ))}
      </ul>
    )
  );
}

function History({ radar, entry }: { radar: TechRadarLoaderResponse; entry: RadarEntry }) {
  const text = useMessages().entry;
  const formats = useFormats();
  const ringIndex = (id: string | undefined) => radar.rings.findIndex(ring => ring.id === id);
  return (
    <section aria-label={text.history}>
      <h3 className={styles.heading}>{text.history}</h3>
      <ol className={styles.timeline}>
        {entry.timeline.map((snapshot, index) => {
          const move = moveAt(entry, index, ringIndex);
          const Icon = move === 1 ? ArrowUp : move === -1 ? ArrowDown : Minus;
          const ring = ringIndex(snapshot.ringId);
          return (
            <li key={snapshot.date.toISOString()}>
              <Icon size={14} role="img" aria-label={text.moved[move]} style={{ color: toneOf(radar, ring) }} />
              <time dateTime={snapshot.date.toISOString()}>{formats.day(snapshot.date)}</time>
              <span>{radar.rings[ring]?.name}</span>
              {snapshot.description && snapshot.description !== entry.description && (
                <div className={styles.note}>
                  <Markdown>{snapshot.description}</Markdown>
                </div>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
