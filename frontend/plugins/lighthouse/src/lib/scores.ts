import type { Audit, CategoryScore } from '../api/types';

/** The categories that are shown, in this order; others that Lighthouse knows or knew are left out. */
export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type CategoryId = (typeof CATEGORIES)[number];

/** Lighthouse's own thresholds. */
export const GOOD = 0.9;
export const FAIR = 0.5;

export type Tone = 'success' | 'warning' | 'danger';

/** How good a score from 0 to 1 is. */
export function toneOf(score: number): Tone {
  return score >= GOOD ? 'success' : score >= FAIR ? 'warning' : 'danger';
}

/** A score as Lighthouse writes it. */
export function percentOf(score: number): number {
  return Math.round(score * 100);
}

export function scoreIn(categories: readonly CategoryScore[] | undefined, id: string): number | undefined {
  return categories?.find(category => category.id === id)?.score;
}

/** The scores by their ids, as a file has them: `performance 98, seo 90`. */
export function scoresText(categories: readonly CategoryScore[] | undefined): string {
  return CATEGORIES.flatMap(id => {
    const score = scoreIn(categories, id);
    return score === undefined ? [] : `${id} ${percentOf(score)}`;
  }).join(', ');
}

/** The scores of a category over some audits, the oldest first. */
export function scoresOver(audits: readonly Audit[], id: string): number[] {
  return audits.flatMap(({ categories }) => scoreIn(categories, id) ?? []).reverse();
}

/** The newest audit that ended with a report. */
export function lastCompleted(audits: readonly Audit[]): Audit | undefined {
  return audits.find(({ status }) => status === 'COMPLETED');
}
