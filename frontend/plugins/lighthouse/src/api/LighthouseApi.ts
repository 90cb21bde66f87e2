import { createApiRef } from '@callboard/core-plugin-api';
import type { Audit, AuditOptions, Comparison, Schedule, TrendPoint, Website } from './types';

interface Options {
  signal?: AbortSignal;
}

/** Audits of websites. */
export interface LighthouseApi {
  /** The most recently audited first, each with its latest audits. */
  listWebsites(request: { limit: number; offset: number }, options?: Options): Promise<{ items: Website[]; total: number }>;
  /** With as many of its latest audits as asked for. Undefined for a website that was never audited. */
  getWebsite(url: string, options?: Options & { audits?: number }): Promise<Website | undefined>;
  /** The latest audit with a report of each of some websites, by address; those that have none are left out. */
  getLatestAudits(urls: readonly string[], options?: Options): Promise<ReadonlyMap<string, Audit>>;
  getWebsiteByAudit(auditId: string, options?: Options): Promise<Website>;
  getTrend(url: string, request: { formFactor?: string }, options?: Options): Promise<TrendPoint[]>;
  createAudit(request: { url: string; options: AuditOptions }): Promise<Audit>;
  cancelAudit(id: string): Promise<Audit>;
  deleteAudit(id: string): Promise<void>;
  /** Calls back at each change until the audit has ended, the connection breaks, or the signal aborts. */
  watchAudit(id: string, onChange: (audit: Audit, percent: number) => void, signal: AbortSignal): Promise<void>;
  compare(baseId: string, otherId: string, options?: Options): Promise<Comparison>;
  listSchedules(url: string, options?: Options): Promise<Schedule[]>;
  createSchedule(schedule: { url: string; cron: string; timeZone?: string; options: AuditOptions }): Promise<Schedule>;
  deleteSchedule(id: string): Promise<void>;
  /** Where the report of an audit can be shown from, in a frame. */
  getReportUrl(auditId: string, options?: Options): Promise<string>;
}

export const lighthouseApiRef = createApiRef<LighthouseApi>({ id: 'plugin.lighthouse.service' });
