import { classes } from '@callboard/core-components';
import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import { MOVEMENTS, type PlacedEntry } from '../../lib/radarEntries';
import { useMessages } from '../../translation';
import { BlipShape, toneOf } from './BlipShape';
import styles from './RadarLegend.module.css';

/** The names to the numbers, by quadrant and ring, and what shapes and rings mean. */
export function RadarLegend(props: {
  radar: TechRadarLoaderResponse;
  entries: readonly PlacedEntry[];
  quadrant: string | undefined;
  active: string | undefined;
  onActivate(id: string | undefined): void;
  onOpen(id: string): void;
}) {
  const messages = useMessages();
  const { radar, entries, quadrant, active, onActivate, onOpen } = props;
  return (
    <section aria-label={messages.legend} className={styles.legend}>
      <div className={styles.quadrants}>
        {radar.quadrants
          .filter(({ id }) => quadrant === undefined || id === quadrant)
          .map(({ id, name }) => (
            <section key={id} aria-label={name}>
              <h2 className={styles.quadrant}>{name}</h2>
              {radar.rings.map((ring, index) => {
                const listed = entries.filter(entry => entry.quadrant === id && entry.ringIndex === index);
                return (
                  <div key={ring.id} className={styles.ring}>
                    <h3 style={{ color: toneOf(radar, index) }}>{ring.name}</h3>
                    {listed.length === 0 ? (
                      <p className={styles.empty}>{messages.ringEmpty}</p>
                    ) : (
                      <ol>
                        {listed.map(entry => (
                          <li key={entry.id}>
                            <button
                              type="button"
                              className={classes(styles.entry, active === entry.id && styles.active)}
                              onMouseEnter={() => onActivate(entry.id)}
                              onMouseLeave={() => onActivate(undefined)}
                              onFocus={() => onActivate(entry.id)}
                              onBlur={() => onActivate(undefined)}
                              onClick={() => onOpen(entry.id)}
                            >
                              <span className={styles.number}>{entry.number}</span>
                              <span className={styles.title}>{entry.title}</span>
                              {entry.movement !== 'still' && <Mark radar={radar} entry={entry} />}
                            </button>
                          </li>
                        ))}
                      </ol>
                    )}
                  </div>
                );
              })}
            </section>
          ))}
      </div>
      <Movements />
      <Key radar={radar} />
    </section>
  );
}

function Mark({ radar, entry }: { radar: TechRadarLoaderResponse; entry: PlacedEntry }) {
  const messages = useMessages();
  const label = messages.movement[entry.movement];
  return (
    <svg width={12} height={12} viewBox="-10 -10 20 20" role="img" aria-label={label} className={styles.mark}>
      <title>{label}</title>
      <BlipShape movement={entry.movement} color={toneOf(radar, entry.ringIndex)} size={7} />
    </svg>
  );
}

/** What the shapes mean. */
function Movements() {
  const messages = useMessages();
  return (
    <ul className={styles.movements} aria-label={messages.movements}>
      {MOVEMENTS.map(movement => (
        <li key={movement}>
          <svg width={12} height={12} viewBox="-10 -10 20 20" aria-hidden>
            <BlipShape movement={movement} color="var(--cb-text-muted)" size={7} />
          </svg>
          {messages.movement[movement]}
        </li>
      ))}
    </ul>
  );
}

function Key({ radar }: { radar: TechRadarLoaderResponse }) {
  const messages = useMessages();
  const explained = radar.rings.filter(({ description }) => description);
  if (explained.length === 0) {
    return undefined;
  }
  return (
    <dl className={styles.key} aria-label={messages.rings}>
      {explained.map(({ id, name, description }) => (
        <div key={id}>
          <dt style={{ color: toneOf(radar, radar.rings.findIndex(ring => ring.id === id)) }}>{name}</dt>
          <dd>{description}</dd>
        </div>
      ))}
    </dl>
  );
}
