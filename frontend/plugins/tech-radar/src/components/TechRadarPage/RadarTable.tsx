import { DataTable, useFormats, type DataColumn } from '@callboard/core-components';
import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import type { PlacedEntry } from '../../lib/radarEntries';
import { useMessages } from '../../translation';
import { toneOf } from './BlipShape';
import styles from './TechRadarPage.module.css';

/** The same as a table. */
export function RadarTable(props: {
  radar: TechRadarLoaderResponse;
  entries: readonly PlacedEntry[];
  onOpen(id: string): void;
}) {
  const messages = useMessages();
  const { radar, entries, onOpen } = props;
  const text = messages.columns;
  const formats = useFormats();
  const columns: DataColumn<PlacedEntry>[] = [
    {
      id: 'title',
      title: text.title,
      width: '32%',
      render: ({ id, title }) => (
        <button type="button" className={styles.open} onClick={() => onOpen(id)}>
          {title}
        </button>
      ),
    },
    { id: 'quadrant', title: text.quadrant, width: '26%', render: ({ quadrantIndex }) => radar.quadrants[quadrantIndex]?.name },
    {
      id: 'ring',
      title: text.ring,
      render: ({ ringIndex }) => <span style={{ color: toneOf(radar, ringIndex) }}>{radar.rings[ringIndex]?.name}</span>,
    },
    { id: 'movement', title: text.movement, render: ({ movement }) => messages.movement[movement] },
    { id: 'since', title: text.since, optional: true, render: ({ timeline }) => timeline[0] && formats.day(timeline[0].date) },
  ];
  return <DataTable label={messages.title} columns={columns} rows={entries} rowKey={({ id }) => id} />;
}
