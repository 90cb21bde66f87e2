import { createTranslationRef, useTranslationRef } from '@callboard/core-plugin-api';
import type { AuditStage, FormFactor, Metrics, Throttling } from './api/types';
import type { CategoryId } from './lib/scores';

/** Every text of the plugin. */
export const lighthouseTranslationRef = createTranslationRef({
  id: 'plugin.lighthouse',
  messages: {
    plugin: 'Lighthouse',
    tab: 'Lighthouse',
    subtitle: 'How fast, accessible and findable our websites are, audit by audit.',
    description: 'Audits of websites with Google’s Lighthouse.',
    create: 'Create audit',
    websites: 'Websites',
    failed: 'The audits could not be loaded',
    emptyTitle: 'No website has been audited yet',
    emptyText: 'Audit any page once, or again and again. Components that name their website are audited by themselves.',
    columns: { website: 'Website', status: 'Last audit', time: 'Started', by: 'Used by' },
    position: (from: number, to: number, total: number) => `${from}–${to} of ${total.toLocaleString('en')}`,
    categories: {
      performance: 'Performance',
      accessibility: 'Accessibility',
      'best-practices': 'Best practices',
      seo: 'SEO',
    } satisfies Record<CategoryId, string>,
    metrics: {
      firstContentfulPaintMs: 'First contentful paint',
      largestContentfulPaintMs: 'Largest contentful paint',
      totalBlockingTimeMs: 'Total blocking time',
      cumulativeLayoutShift: 'Cumulative layout shift',
      speedIndexMs: 'Speed index',
      timeToInteractiveMs: 'Time to interactive',
      totalBytes: 'Bytes loaded',
    } satisfies Record<keyof Metrics, string>,
    trend: (title: string, values: readonly number[]) =>
      values.length === 0 ? `${title}: no score yet` : `${title}: ${values.length > 1 ? `from ${values[0]} to ` : ''}${values.at(-1)}`,
    noScore: 'No score',
    statuses: { RUNNING: 'Running', COMPLETED: 'Completed', FAILED: 'Failed' },
    stages: {
      QUEUED: 'Waits for its turn',
      WAITING_FOR_WEBSITE: 'Waits for the website to answer',
      STARTING_BROWSER: 'Starts the browser',
      GATHERING: 'Loads the page',
      SCORING: 'Computes scores',
      STORING: 'Stores the report',
    } satisfies Record<AuditStage, string>,
    formFactors: { MOBILE: 'Mobile', DESKTOP: 'Desktop' } satisfies Record<FormFactor, string>,
    audit: {
      versions: 'Audits of this website',
      report: (url: string) => `Lighthouse report of ${url}`,
      progress: 'Progress of the audit',
      running: 'The audit runs',
      runningText: 'It takes about a minute. You may leave this page; the audit goes on.',
      cancel: 'Cancel the audit',
      failedTitle: 'The audit failed',
      failedText: 'Correct what is wrong, then audit again.',
      again: 'Audit again',
      remove: 'Delete',
      removeTitle: 'Delete this audit?',
      removeText: 'Its report is gone for good. The website’s other audits stay.',
      removed: 'The audit was deleted.',
      compare: 'Compare',
      trends: 'Trends',
      openReport: 'Open the report alone',
    },
    form: {
      title: 'Create an audit',
      url: 'Website',
      urlPlaceholder: 'https://shop.example.com',
      urlInvalid: 'Enter the whole address, starting with https://',
      device: 'Device',
      deviceText: { MOBILE: 'A phone of the middle class', DESKTOP: 'A screen of 1350 × 940' } satisfies Record<FormFactor, string>,
      preset: 'Network and processor',
      throttling: {
        SIMULATED: 'Slow, computed (Lighthouse’s default)',
        APPLIED: 'Slow, applied while the page loads',
        NONE: 'As fast as the server is',
      } satisfies Record<Throttling, string>,
      categories: 'What to audit',
      categoriesNone: 'Choose at least one.',
      schedule: 'When',
      schedules: { once: 'Once, now', hourly: 'Every hour', daily: 'Every night', weekly: 'Every Monday', custom: 'By a cron expression' },
      cron: 'Cron expression',
      cronHelp: 'Minute, hour, day of the month, month, day of the week. In your time zone.',
      submit: 'Start the audit',
      submitSchedule: 'Start and schedule',
      failed: 'The audit could not be started',
      started: 'The audit has started.',
    },
    compare: {
      title: 'Compare two audits',
      base: 'Before',
      other: 'After',
      scores: 'Scores',
      metrics: 'Metrics',
      checks: 'Checks that came out differently',
      noChecks: 'Every check came out the same.',
      needTwo: 'There is nothing to compare yet',
      needTwoText: 'A comparison takes two completed audits of the website.',
      failed: 'The audits could not be compared',
      columns: { check: 'Check', before: 'Before', after: 'After', change: 'Change' },
    },
    trends: {
      title: 'Trends',
      device: 'Device',
      both: 'Both',
      scores: 'Scores over time',
      metric: (title: string) => `${title} over time`,
      asTable: 'Show as table',
      asChart: 'Show as chart',
      time: 'Time',
      none: 'No completed audit yet',
      failed: 'The trend could not be loaded',
      schedules: 'Schedules',
      noSchedules: 'The website is audited on demand only.',
      next: 'next',
      origins: { API: 'made here', CONFIGURATION: 'from the configuration', CATALOG: 'from the catalog' },
      removeSchedule: (cron: string) => `Delete schedule ${cron}`,
      good: 'Good',
      poor: 'Poor',
    },
    entity: {
      website: 'Website',
      missing: 'This component names no website',
      missingText: 'Add the annotation to its catalog-info.yaml. The website is then audited every day, and its scores show up here:',
      example: 'The annotation',
      never: 'No audit yet',
      neverText: (url: string) => `${url} has not been audited.`,
      all: 'All audits',
      card: 'Latest audit',
    },
  },
});

export type Messages = typeof lighthouseTranslationRef.messages;

/** The texts in the language that is chosen. */
export const useMessages = () => useTranslationRef(lighthouseTranslationRef).messages;

export const EXAMPLE_ANNOTATION = `metadata:
  annotations:
    lighthouse.com/website-url: https://shop.example.com
`;
