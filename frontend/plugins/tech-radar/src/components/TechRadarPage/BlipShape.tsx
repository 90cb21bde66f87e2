import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import type { Movement } from '../../lib/radarEntries';
import styles from './RadarChart.module.css';

const TONES = ['--cb-success', '--cb-info', '--cb-warning', '--cb-danger'];

/** The colour of a ring: its own, mixed with the text's so that it can be read on any ground, or the portal's. */
export function toneOf({ rings }: TechRadarLoaderResponse, ring: number): string {
  const own = rings[ring]?.color;
  if (own && globalThis.CSS?.supports('color', own)) {
    return `color-mix(in oklab, ${own} 60%, var(--cb-text))`;
  }
  const step = Math.round((ring / Math.max(1, rings.length - 1)) * (TONES.length - 1));
  return `var(${TONES[rings.length > TONES.length ? step : ring] ?? '--cb-text-muted'})`;
}

/** A circle; a triangle that points up for what moved in, down for what moved out; a ring around what is new. */
export function BlipShape({ movement, color, size }: { movement: Movement; color: string; size: number }) {
  const height = size * 1.25;
  switch (movement) {
    case 'in':
      return <path className={styles.shape} fill={color} d={`M 0 ${-height} L ${height} ${size * 0.85} H ${-height} Z`} />;
    case 'out':
      return <path className={styles.shape} fill={color} d={`M 0 ${height} L ${height} ${-size * 0.85} H ${-height} Z`} />;
    case 'new':
      return (
        <>
          <circle className={styles.halo} stroke={color} r={size + 2} />
          <circle className={styles.shape} fill={color} r={size - 1.5} />
        </>
      );
    case 'still':
      return <circle className={styles.shape} fill={color} r={size} />;
  }
}
