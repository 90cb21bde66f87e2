import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { classes } from '../lib/classes';
import type { Formats } from '../lib/formats';
import { useFormats } from '../lib/useFormats';
import styles from './timeChart.module.css';

/** One line of a chart. Gaps are undefined. */
export interface TimeSeries {
  id: string;
  title: string;
  values: readonly (number | undefined)[];
  /** Says what its colour means; without, series have hues in their order. */
  tone?: 'success' | 'warning' | 'danger';
}

/** A value that means something, drawn across. */
export interface Threshold {
  value: number;
  title: string;
}

/** Until the drawing has been laid out. */
const ASSUMED_WIDTH = 720;
const HEIGHT = 200;
const LEFT = 52;
const RIGHT = 12;
const TOP = 12;
const BOTTOM = 24;
/** More of them would run into each other: then only the line is drawn, and those that no line leads to. */
const MOST_POINTS = 60;
const DAY = 86_400_000;
/** A wide drawing has room for moments between the first and the last. */
const WIDE = 480;
/** Two labels of values that are nearer than this share of the height would run into each other. */
const LEAST_APART = 0.1;

/** Values over time with their thresholds. Hover or arrow keys show the values of a moment, which is also read out. */
export function TimeChart(props: {
  label: string;
  times: readonly Date[];
  series: readonly TimeSeries[];
  max: number;
  thresholds?: readonly Threshold[];
  format(value: number): string;
}) {
  const { label, times, series, max, thresholds = [], format } = props;
  const formats = useFormats();
  const [active, setActive] = useState<number>();
  const [width, setWidth] = useState(ASSUMED_WIDTH);
  const root = useRef<HTMLDivElement>(null);
  // Drawn at its own size, so that text has the same size in every chart.
  useEffect(() => {
    const observer = globalThis.ResizeObserver && new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width || ASSUMED_WIDTH));
    if (root.current) {
      observer?.observe(root.current);
    }
    return () => observer?.disconnect();
  }, []);
  const [first, last] = [times[0]?.getTime() ?? 0, times.at(-1)?.getTime() ?? 1];
  const x = (index: number) =>
    LEFT + (((times[index]?.getTime() ?? first) - first) / Math.max(1, last - first)) * (width - LEFT - RIGHT);
  const y = (value: number) => HEIGHT - BOTTOM - (Math.min(value, max) / max) * (HEIGHT - TOP - BOTTOM);

  const onPointer = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const at = ((event.clientX - box.left) / box.width) * width;
    const distances = times.map((_, index) => Math.abs(x(index) - at));
    setActive(distances.indexOf(Math.min(...distances)));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setActive(current => Math.min(times.length - 1, Math.max(0, (current ?? (step > 0 ? -1 : times.length)) + step)));
    }
  };
  const middle = thresholds.every(({ value }) => Math.abs(value / max - 0.5) >= LEAST_APART) ? [max / 2] : [];
  const moments = (width > WIDE ? [0, 0.25, 0.5, 0.75, 1] : [0, 1])
    .map(share => ({ share, text: tick(new Date(first + share * (last - first)), first, last, formats) }))
    .filter(({ text }, index, all) => text !== all[index - 1]?.text);
  const moment = active === undefined ? undefined : times[active];

  return (
    <div ref={root} className={styles.chart}>
      <ul className={styles.legend} aria-hidden>
        {series.map(({ id, title, tone }, index) => (
          <li key={id} data-series={tone ?? index}>
            {title}
            {active !== undefined && <strong>{formatted(series[index]?.values[active], format)}</strong>}
          </li>
        ))}
        <li className={styles.moment}>{moment && formats.exact(moment)}</li>
      </ul>
      {/* One moment after the other is shown by arrow keys, as a slider does. */}
      <svg
        width={width}
        height={HEIGHT}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        className={styles.drawing}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={times.length - 1}
        aria-valuenow={active ?? times.length - 1}
        aria-valuetext={describe(active ?? times.length - 1, times, series, format, formats)}
        onPointerMove={onPointer}
        onPointerLeave={() => setActive(undefined)}
        onBlur={() => setActive(undefined)}
        onKeyDown={onKeyDown}
      >
        {[0, ...middle, max].map(value => (
          <g key={value}>
            <line className={styles.grid} x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
            <text className={styles.tick} x={LEFT - 8} y={y(value) + 4} textAnchor="end">
              {format(value)}
            </text>
          </g>
        ))}
        {thresholds
          .filter(({ value }) => value < max)
          .map(({ value, title }) => (
            <g key={title}>
              <line className={styles.threshold} x1={LEFT} x2={width - RIGHT} y1={y(value)} y2={y(value)} />
              <text className={styles.tick} x={LEFT - 8} y={y(value) + 4} textAnchor="end">
                {format(value)}
              </text>
              <text className={styles.thresholdName} x={LEFT + 4} y={y(value) - 4}>
                {title}
              </text>
            </g>
          ))}
        {times.length > 0 &&
          moments.map(({ share, text }) => (
            <text
              key={share}
              className={styles.tick}
              x={LEFT + share * (width - LEFT - RIGHT)}
              y={HEIGHT - 6}
              textAnchor={share === 0 ? 'start' : share === 1 ? 'end' : 'middle'}
            >
              {text}
            </text>
          ))}
        {active !== undefined && <line className={styles.cursor} x1={x(active)} x2={x(active)} y1={TOP} y2={HEIGHT - BOTTOM} />}
        {series.map(({ id, values, tone }, index) => (
          <g key={id} data-series={tone ?? index} className={styles.series}>
            <polyline points={values.flatMap((value, at) => (value === undefined ? [] : `${x(at)},${y(value)}`)).join(' ')} />
            {values.map(
              (value, at) =>
                value !== undefined &&
                (times.length <= MOST_POINTS || at === active || isAlone(values, at)) && (
                  <circle key={at} cx={x(at)} cy={y(value)} r={at === active ? 4 : 2} className={classes(at === active && styles.activePoint)} />
                ),
            )}
          </g>
        ))}
      </svg>
    </div>
  );
}

function isAlone(values: readonly (number | undefined)[], at: number): boolean {
  return values[at - 1] === undefined && values[at + 1] === undefined;
}

/** A moment by the time of the day, by its day where there are many, by both where the same time comes twice. */
function tick(moment: Date, first: number, last: number, formats: Formats): string {
  const [day, time] = [formats.dayOfYear(moment), formats.timeOfDay(moment)];
  if (first === last || last - first >= 2 * DAY) {
    return day;
  }
  return last - first < DAY ? time : `${day}, ${time}`;
}

function formatted(value: number | undefined, format: (value: number) => string): string {
  return value === undefined ? '–' : format(value);
}

function describe(
  index: number,
  times: readonly Date[],
  series: readonly TimeSeries[],
  format: (value: number) => string,
  formats: Formats,
): string {
  const time = times[index];
  const values = series.map(({ title, values: all }) => `${title} ${formatted(all[index], format)}`);
  return time ? `${formats.exact(time)}: ${values.join(', ')}` : '';
}
