import { classes } from '@callboard/core-components';
import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import { useMemo, useRef, type KeyboardEvent } from 'react';
import { BLIP, GUTTER, placeBlips, quadrantSigns, RADIUS, ringRadii, segmentPath } from '../../lib/radarLayout';
import type { PlacedEntry } from '../../lib/radarEntries';
import { useMessages } from '../../translation';
import { BlipShape, toneOf } from './BlipShape';
import styles from './RadarChart.module.css';

const MARGIN = GUTTER + 6;
const BUBBLE_HEIGHT = 26;
/** About as wide as a letter of the bubble's text. */
const LETTER = 7.4;

/** The drawing: rings, quadrants and a blip for each entry, one of them in the tab order, arrow keys for the others. */
export function RadarChart(props: {
  radar: TechRadarLoaderResponse;
  /** All entries, so that a filter leaves the others where they are. */
  all: readonly PlacedEntry[];
  entries: readonly PlacedEntry[];
  quadrant: string | undefined;
  active: string | undefined;
  onActivate(id: string | undefined): void;
  onOpen(id: string): void;
}) {
  const messages = useMessages();
  const { radar, all, entries, quadrant, active, onActivate, onOpen } = props;
  const root = useRef<SVGSVGElement>(null);
  const places = useMemo(() => placeBlips(all, radar.rings.length), [all, radar]);
  const zoomed = radar.quadrants.findIndex(({ id }) => id === quadrant);
  const first = entries.find(({ id }) => id === active) ?? entries[0];
  const hovered = entries.find(({ id }) => id === active);

  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const edge = { Home: 0, End: entries.length - 1 }[event.key];
    const focused = (event.target as Element).closest<SVGElement>('[data-entry]')?.dataset.entry;
    const current = entries.findIndex(({ id }) => id === focused);
    const next = edge ?? (step && (current + step + entries.length) % entries.length);
    if (next !== undefined) {
      event.preventDefault();
      const blips = [...(root.current?.querySelectorAll<SVGElement>('[data-entry]') ?? [])];
      blips.find(({ dataset }) => dataset.entry === entries[next]?.id)?.focus();
    }
  };

  return (
    <figure className={styles.figure}>
      <svg
        ref={root}
        viewBox={viewBox(zoomed)}
        className={styles.radar}
        role="group"
        aria-label={messages.drawing(entries.length)}
        onKeyDown={onKeyDown}
      >
        <Rings radar={radar} zoomed={zoomed} />
        {entries.map(entry => {
          const { id, number, title, movement, ringIndex } = entry;
          const place = places.get(id) ?? { x: 0, y: 0 };
          return (
            <g
              key={id}
              data-entry={id}
              role="button"
              tabIndex={id === first?.id ? 0 : -1}
              aria-label={messages.blip(number, title, radar.rings[ringIndex]?.name ?? '', movement)}
              className={classes(styles.blip, active !== undefined && active !== id && styles.faded)}
              transform={`translate(${place.x} ${place.y})`}
              onMouseEnter={() => onActivate(id)}
              onMouseLeave={() => onActivate(undefined)}
              onFocus={() => onActivate(id)}
              onBlur={() => onActivate(undefined)}
              onClick={() => onOpen(id)}
              onKeyDown={event => {
                if (event.key === 'Enter' || event.key === ' ') {
                  event.preventDefault();
                  onOpen(id);
                }
              }}
            >
              <BlipShape movement={entry.movement} color={toneOf(radar, entry.ringIndex)} size={BLIP} />
              <text y={movement === 'out' ? 1.5 : movement === 'in' ? 6 : 3.5}>{number}</text>
            </g>
          );
        })}
        {hovered && <Bubble entry={hovered} place={places.get(hovered.id) ?? { x: 0, y: 0 }} zoomed={zoomed} />}
      </svg>
    </figure>
  );
}

function viewBox(zoomed: number): string {
  const size = RADIUS + MARGIN;
  if (zoomed === -1) {
    return `${-size} ${-size} ${2 * size} ${2 * size}`;
  }
  const { x, y } = quadrantSigns(zoomed);
  return `${x > 0 ? 0 : -size} ${y > 0 ? -GUTTER : -size} ${size} ${size + GUTTER}`;
}

/** The ground: quarter rings, with their names in the gap between the quadrants so that no blip covers them. */
function Rings({ radar, zoomed }: { radar: TechRadarLoaderResponse; zoomed: number }) {
  const radii = ringRadii(radar.rings.length);
  const isShown = (index: number) => zoomed === -1 || zoomed === index;
  const sides = zoomed === -1 ? [1, -1] : [quadrantSigns(zoomed).x];
  return (
    <g aria-hidden>
      {radar.quadrants.map((quadrant, index) =>
        isShown(index) &&
        radii.map((outer, ring) => (
          <path
            key={`${quadrant.id} ${ring}`}
            d={segmentPath(index, radii[ring - 1] ?? 0, outer)}
            className={classes(styles.ring, ring % 2 === 0 && styles.even)}
          />
        )),
      )}
      {radar.rings.map((ring, index) =>
        sides.map(side => (
          <text
            key={`${ring.id} ${side}`}
            x={side * (GUTTER + ((radii[index - 1] ?? 0) + (radii[index] ?? 0)) / 2)}
            y={5}
            className={styles.ringName}
            style={{ fill: toneOf(radar, index) }}
          >
            {ring.name}
          </text>
        )),
      )}
      {zoomed === -1 &&
        radar.quadrants.map(({ id, name }, index) => {
          const { x, y } = quadrantSigns(index);
          return (
            <text
              key={id}
              x={x * (RADIUS + GUTTER)}
              y={y * (RADIUS + GUTTER) - (y > 0 ? 0 : -14)}
              className={styles.quadrantName}
              textAnchor={x > 0 ? 'end' : 'start'}
            >
              {name}
            </text>
          );
        })}
    </g>
  );
}

/** The name of the blip under the pointer, kept inside of the drawing. */
function Bubble({ entry, place, zoomed }: { entry: PlacedEntry; place: { x: number; y: number }; zoomed: number }) {
  const width = entry.title.length * LETTER + 20;
  const [left, top, right] = (viewBox(zoomed).split(' ').map(Number) as [number, number, number, number]).map(
    (value, index, box) => (index === 2 ? value + (box[0] ?? 0) : value),
  );
  const x = Math.min((right ?? 0) - width / 2 - 4, Math.max((left ?? 0) + width / 2 + 4, place.x));
  const above = place.y - BLIP - BUBBLE_HEIGHT - 4 > (top ?? 0);
  const y = above ? place.y - BLIP - BUBBLE_HEIGHT - 4 : place.y + BLIP + 4;
  return (
    <g className={styles.bubble} transform={`translate(${x} ${y})`} aria-hidden>
      <rect x={-width / 2} width={width} height={BUBBLE_HEIGHT} rx={6} />
      <text y={BUBBLE_HEIGHT / 2 + 4.5}>{entry.title}</text>
    </g>
  );
}
