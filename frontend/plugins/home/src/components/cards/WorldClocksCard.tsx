import { Card, classes, EmptyState, useFormats, useNow, VisuallyHidden } from '@callboard/core-components';
import { useHomeCardSettings } from '@callboard/plugin-home-react';
import { Clock, Moon, Sun } from 'lucide-react';
import type { WorldClocksSettings } from '../../lib/cardSchemas';
import { placeName, placeTime, type PlaceTime } from '../../lib/worldClock';
import { useMessages, type Messages } from '../../translation';
import styles from './tiles.module.css';

/** A clock shows minutes; it is never this far behind. */
const EVERY_MS = 5_000;

/** What time it is elsewhere. */
export function WorldClocksCard() {
  const text = useMessages().clocks;
  const formats = useFormats();
  const now = useNow(EVERY_MS);
  const { clocks } = useHomeCardSettings<WorldClocksSettings>() ?? { clocks: [] };
  return (
    <Card title={text.title}>
      {clocks.length === 0 ? (
        <EmptyState icon={Clock} title={text.none} description={text.noneText} />
      ) : (
        <ul className={classes(styles.tiles, styles.clocks)}>
          {clocks.map(({ name, timeZone }) => {
            const time = placeTime(now, timeZone);
            const Sky = time.isNight ? Moon : Sun;
            return (
              <li key={`${name} ${timeZone}`} className={styles.clock}>
                <span className={styles.place} title={timeZone}>
                  <Sky size={14} aria-hidden />
                  <span className={styles.placeName}>{name ?? placeName(timeZone)}</span>
                </span>
                <time className={styles.time}>{formats.timeOfDay(now, timeZone)}</time>
                <span className={styles.difference}>
                  {difference(time, text)}
                  <VisuallyHidden>, {time.isNight ? text.night : text.day}</VisuallyHidden>
                </span>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

/** `9 h ahead, tomorrow`. */
function difference({ ahead, days }: PlaceTime, text: Messages['clocks']): string {
  const day = days > 0 ? text.tomorrow : days < 0 ? text.yesterday : undefined;
  return [ahead === 0 ? text.same : text.ahead(ahead), day].filter(Boolean).join(', ');
}
