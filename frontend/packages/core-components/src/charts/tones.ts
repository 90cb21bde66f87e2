import styles from './charts.module.css';

/** How good a value is. */
export type Tone = 'success' | 'warning' | 'danger' | 'info';

const TONES: readonly string[] = ['success', 'warning', 'danger', 'info'] satisfies Tone[];

/** A tone as its class, any other colour as a style. */
export function coloredBy(color: string): { className?: string; style?: { color: string } } {
  return TONES.includes(color) ? { className: styles[color] } : { style: { color } };
}
