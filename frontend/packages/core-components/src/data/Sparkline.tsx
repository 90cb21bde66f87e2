import styles from './data.module.css';

const WIDTH = 96;
const HEIGHT = 24;
const MARGIN = 3;

/** A trend as small as a word: values from 0 to 1, the oldest first. The last is marked. */
export function Sparkline(props: {
  /** Reads the trend out, values included. */
  label: string;
  values: readonly number[];
  tone?: 'success' | 'warning' | 'danger';
}) {
  const { label, values, tone } = props;
  // One value is a flat line, so that it shows at all.
  const points = values.length === 1 ? [...values, ...values] : values;
  const place = (value: number, index: number): [x: number, y: number] => [
    MARGIN + (index / Math.max(1, points.length - 1)) * (WIDTH - 2 * MARGIN),
    HEIGHT - MARGIN - Math.min(1, Math.max(0, value)) * (HEIGHT - 2 * MARGIN),
  ];
  const last = points.length > 0 ? place(points.at(-1) ?? 0, points.length - 1) : undefined;
  return (
    <svg
      className={styles.sparkline}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={label}
      data-tone={tone}
    >
      <title>{label}</title>
      <line className={styles.baseline} x1={MARGIN} x2={WIDTH - MARGIN} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
      <polyline points={points.map((value, index) => place(value, index).join()).join(' ')} />
      {last && <circle cx={last[0]} cy={last[1]} r={2.25} />}
    </svg>
  );
}
