import { JsonRequester, type JsonRequestOptions } from '@callboard/catalog-client';
import type { DiscoveryApi, FetchApi } from '@callboard/core-plugin-api';
import type { LighthouseApi } from './LighthouseApi';
import { lastCompleted } from '../lib/scores';
import { readEvents } from './readEvents';
import type { Audit, AuditOptions, Comparison, Schedule, TrendPoint, Website } from './types';

/** As many audits of a website as a sparkline or a list of versions shows. */
const SHOWN_AUDITS = 30;
const MAX_SCHEDULES = 50;
/** So many websites are looked through at once for some of them. */
const LISTED = 200;
/** The latest audit may run or have failed; more in a row than these do not. */
const LATEST = 5;

interface Options {
  signal?: AbortSignal;
}

/** Speaks version 2 of the portal's Lighthouse API. */
export class LighthouseClient implements LighthouseApi {
  private readonly discoveryApi: DiscoveryApi;
  private readonly requests: JsonRequester;

  constructor(options: { discoveryApi: DiscoveryApi; fetchApi: FetchApi }) {
    this.discoveryApi = options.discoveryApi;
    this.requests = new JsonRequester(options.fetchApi);
  }

  listWebsites({ limit, offset }: { limit: number; offset: number }, options?: Options): Promise<{ items: Website[]; total: number }> {
    return this.json('GET', `/websites?limit=${limit}&offset=${offset}&auditsPerWebsite=${SHOWN_AUDITS}`, options);
  }

  async getWebsite(url: string, { audits = SHOWN_AUDITS, ...options }: Options & { audits?: number } = {}): Promise<Website | undefined> {
    // By its own address a website that was never audited would be answered 404, which browsers write to their console as an error.
    const query = new URLSearchParams({ url, limit: String(audits) });
    const { items, total } = await this.json<{ items: Audit[]; total: number }>('GET', `/audits?${query}`, options);
    const [lastAudit] = items;
    return lastAudit && { url, lastAudit, audits: items, auditCount: total };
  }

  async getLatestAudits(urls: readonly string[], options?: Options): Promise<ReadonlyMap<string, Audit>> {
    const { items, total } = await this.json<{ items: Website[]; total: number }>(
      'GET',
      `/websites?limit=${LISTED}&auditsPerWebsite=${LATEST}`,
      options,
    );
    const websites = new Map(items.map(website => [website.url, website]));
    // Most portals have no more websites than that. Where there are, the rest are asked for one by one.
    const others = total > items.length ? urls.filter(url => !websites.has(url)) : [];
    for (const website of await Promise.all(others.map(url => this.getWebsite(url, { ...options, audits: LATEST })))) {
      if (website) {
        websites.set(website.url, website);
      }
    }
    return new Map(
      urls.flatMap((url): [string, Audit][] => {
        const audit = lastCompleted(websites.get(url)?.audits ?? []);
        return audit ? [[url, audit]] : [];
      }),
    );
  }

  getWebsiteByAudit(auditId: string, options?: Options): Promise<Website> {
    return this.json('GET', `/audits/${encodeURIComponent(auditId)}/website?auditLimit=${SHOWN_AUDITS}`, options);
  }

  async getTrend(url: string, { formFactor }: { formFactor?: string }, options?: Options): Promise<TrendPoint[]> {
    const query = new URLSearchParams({ maxPoints: '120', ...(formFactor && { formFactor }) });
    const { points } = await this.json<{ points?: TrendPoint[] }>('GET', `/websites/${encodeURIComponent(url)}/trend?${query}`, options);
    return points ?? [];
  }

  createAudit(request: { url: string; options: AuditOptions }): Promise<Audit> {
    return this.json('POST', '/audits', { body: request });
  }

  cancelAudit(id: string): Promise<Audit> {
    return this.json('POST', `/audits/${encodeURIComponent(id)}/cancel`);
  }

  async deleteAudit(id: string): Promise<void> {
    await this.send('DELETE', `/audits/${encodeURIComponent(id)}`);
  }

  async watchAudit(id: string, onChange: (audit: Audit, percent: number) => void, signal: AbortSignal): Promise<void> {
    const response = await this.send('GET', `/audits/${encodeURIComponent(id)}/events`, { signal });
    await readEvents(response, data => {
      const { audit, percent = 0 } = JSON.parse(data) as { audit?: Audit; percent?: number };
      if (audit) {
        onChange(audit, percent);
      }
    });
  }

  compare(baseId: string, otherId: string, options?: Options): Promise<Comparison> {
    return this.json('GET', `/comparison?${new URLSearchParams({ base: baseId, other: otherId })}`, options);
  }

  async listSchedules(url: string, options?: Options): Promise<Schedule[]> {
    const query = new URLSearchParams({ url, limit: String(MAX_SCHEDULES) });
    return (await this.json<{ items?: Schedule[] }>('GET', `/schedules?${query}`, options)).items ?? [];
  }

  createSchedule(schedule: { url: string; cron: string; timeZone?: string; options: AuditOptions }): Promise<Schedule> {
    return this.json('POST', '/schedules', { body: { ...schedule, enabled: true } });
  }

  async deleteSchedule(id: string): Promise<void> {
    await this.send('DELETE', `/schedules/${encodeURIComponent(id)}`);
  }

  async getReportUrl(auditId: string, options?: Options): Promise<string> {
    const path = `/audits/${encodeURIComponent(auditId)}/report?format=html`;
    // A frame does not tell what it was refused.
    await this.send('HEAD', path, options);
    return `${await this.base()}${path}`;
  }

  private async base(): Promise<string> {
    return `${await this.discoveryApi.getBaseUrl('lighthouse')}/v2`;
  }

  private async json<T>(method: string, path: string, options?: JsonRequestOptions): Promise<T> {
    return (await this.send(method, path, options)).json();
  }

  private async send(method: string, path: string, options?: JsonRequestOptions): Promise<Response> {
    return this.requests.send(method, `${await this.base()}${path}`, options);
  }
}
