import { classes } from '../lib/classes';
import styles from './charts.module.css';
import { coloredBy, type Tone } from './tones';

const WIDTH = 200;
const HEIGHT = 40;
const MARGIN = 3;

/** A trend over time, with a baseline and thresholds. Give values from 0 to 1, or say how low and high they may be. */
export function TrendLine(props: {
  data: readonly number[];
  min?: number;
  max?: number;
  /** Without, it follows from the last value: the upper tenth is good, the lower half bad. */
  color?: Tone | (string & {});
  /** Says what is shown to those who listen. */
  title?: string;
  /** Values at which something changes for the better or worse. */
  thresholds?: readonly number[];
}) {
  const { data, min = 0, max = 1, color, title, thresholds = [] } = props;
  const last = data.at(-1);
  if (last === undefined) {
    return undefined;
  }
  const range = max - min || 1;
  const y = (value: number) => HEIGHT - MARGIN - (Math.min(1, Math.max(0, (value - min) / range)) * (HEIGHT - 2 * MARGIN));
  const values = data.length === 1 ? [last, last] : data;
  const x = (index: number) => MARGIN + (index / (values.length - 1)) * (WIDTH - 2 * MARGIN);
  const shown = coloredBy(color ?? toneOf((last - min) / range));
  const label = `${title ? `${title}: ` : ''}${data.map(value => round(value)).join(', ')}`;
  return (
    <svg className={classes(styles.trend, shown.className)} style={shown.style} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label} preserveAspectRatio="none">
      <title>{label}</title>
      <line className={styles.baseline} x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      {thresholds.map(threshold => (
        <line key={threshold} className={styles.threshold} x1={0} x2={WIDTH} y1={y(threshold)} y2={y(threshold)} />
      ))}
      <polyline points={values.map((value, index) => `${x(index)},${y(value)}`).join(' ')} />
    </svg>
  );
}

function toneOf(part: number): Tone {
  if (part > 0.9) {
    return 'success';
  }
  return part > 0.5 ? 'warning' : 'danger';
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
