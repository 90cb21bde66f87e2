import type { ReactNode } from 'react';
import { InfoCard, type DeepLink } from '../cards/InfoCard';
import { classes } from '../lib/classes';
import styles from './charts.module.css';
import { coloredBy, type Tone } from './tones';

export interface GaugeProps {
  /** From 0 to 1, or to `max` where `fractional` is false. */
  value: number;
  fractional?: boolean;
  /** For values of which less is better. */
  inverse?: boolean;
  unit?: string;
  max?: number;
  /** Decides the tone, or the colour, instead of thirds. */
  getColor?(args: GaugeColorArgs): Tone | (string & {});
  /** Shows the value as it is, and takes it as a part of `max`. */
  relativeToMax?: boolean;
  /** Digits after the point; none by itself. */
  decimalDigits?: number;
  size?: 'normal' | 'small';
  description?: ReactNode;
  /** Says what is measured to those who listen. */
  label?: string;
}

/** What the colour of a gauge may depend on, and the theme's colours to choose from. */
export interface GaugeColorArgs {
  value: number;
  max: number;
  inverse: boolean;
  palette: typeof palette;
}

const palette = {
  status: { ok: 'var(--cb-success)', warning: 'var(--cb-warning)', error: 'var(--cb-danger)', pending: 'var(--cb-info)', running: 'var(--cb-info)', aborted: 'var(--cb-text-muted)' },
  primary: { main: 'var(--cb-accent)' },
} as const;

const RADIUS = 42;
const LENGTH = 2 * Math.PI * RADIUS;

/** A value as part of a ring. */
export function Gauge(props: GaugeProps) {
  const { value, fractional = true, inverse = false, unit = '%', max = 100, getColor = defaultTone } = props;
  const { size = 'normal', description, label, relativeToMax = false, decimalDigits = 0 } = props;
  const shown = fractional && !relativeToMax ? value * max : value;
  const isKnown = Number.isFinite(shown);
  const part = isKnown ? Math.min(1, Math.max(0, shown / max)) : 0;
  const text = isKnown ? `${shown.toFixed(decimalDigits)}${unit}` : 'N/A';
  return (
    <div className={classes(styles.gauge, size === 'small' && styles.small)}>
      <svg
        viewBox="0 0 100 100"
        role="meter"
        aria-label={label ?? text}
        aria-valuemin={0}
        aria-valuemax={max}
        aria-valuenow={isKnown ? shown : 0}
        aria-valuetext={text}
      >
        <circle className={styles.track} cx={50} cy={50} r={RADIUS} />
        <circle
          {...coloredBy(getColor({ value: shown, max, inverse, palette }))}
          cx={50}
          cy={50}
          r={RADIUS}
          strokeDasharray={`${part * LENGTH} ${LENGTH}`}
          transform="rotate(-90 50 50)"
        />
        <text x={50} y={50} className={styles.gaugeText} aria-hidden>
          {text}
        </text>
      </svg>
      {description && <div className={styles.description}>{description}</div>}
    </div>
  );
}

function defaultTone({ value, max, inverse }: GaugeColorArgs): Tone {
  const part = inverse ? 1 - value / max : value / max;
  if (part > 2 / 3) {
    return 'success';
  }
  return part > 1 / 3 ? 'warning' : 'danger';
}

/** A card with a gauge. */
export function GaugeCard(
  props: Omit<GaugeProps, 'value'> & {
    title: string;
    subheader?: string;
    variant?: 'flex' | 'fullHeight' | 'gridItem';
    /** From 0 to 1. */
    progress: number;
    icon?: ReactNode;
    deepLink?: DeepLink;
    /** Where the gauge stands in a card that is higher. */
    alignGauge?: 'normal' | 'bottom';
  },
) {
  const { title, subheader, variant, progress, icon, deepLink, alignGauge, ...gauge } = props;
  return (
    <InfoCard title={title} subheader={subheader} variant={variant} icon={icon} deepLink={deepLink}>
      <div className={alignGauge === 'bottom' ? styles.atBottom : undefined}>
        <Gauge {...gauge} value={progress} label={title} />
      </div>
    </InfoCard>
  );
}

/** A value as part of a bar, from 0 to 1. Shows nothing where there is no value. */
export function LinearGauge(props: {
  value: number;
  label?: string;
  width?: 'thick' | 'thin';
  getColor?: GaugeProps['getColor'];
}) {
  const { value, label, width = 'thick', getColor = defaultTone } = props;
  if (!Number.isFinite(value)) {
    return undefined;
  }
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  const color = coloredBy(getColor({ value: percent, max: 100, inverse: false, palette }));
  return (
    <div
      className={classes(styles.bar, width === 'thin' && styles.thin)}
      role="meter"
      aria-label={label ?? `${percent}%`}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent}
      title={`${percent}%`}
    >
      <div className={color.className} style={{ ...color.style, width: `${percent}%` }} />
    </div>
  );
}
