/** The shapes of `/api/lighthouse/v2`, as docs/api.md lists them. What is absent is left out. */

export type AuditStatus = 'RUNNING' | 'COMPLETED' | 'FAILED';
export type AuditStage = 'QUEUED' | 'WAITING_FOR_WEBSITE' | 'STARTING_BROWSER' | 'GATHERING' | 'SCORING' | 'STORING';
export type FormFactor = 'MOBILE' | 'DESKTOP';
export type Throttling = 'SIMULATED' | 'APPLIED' | 'NONE';

export interface CategoryScore {
  id: string;
  title: string;
  /** 0 to 1; absent when Lighthouse could not compute it. */
  score?: number;
}

export interface Metrics {
  firstContentfulPaintMs?: number;
  largestContentfulPaintMs?: number;
  totalBlockingTimeMs?: number;
  cumulativeLayoutShift?: number;
  speedIndexMs?: number;
  timeToInteractiveMs?: number;
  totalBytes?: number;
}

export interface Audit {
  id: string;
  url: string;
  status: AuditStatus;
  stage?: AuditStage;
  timeCreated: string;
  timeCompleted?: string;
  failure?: { kind: string; message: string };
  categories?: CategoryScore[];
  metrics?: Metrics;
  formFactor?: FormFactor;
  lighthouseVersion?: string;
  scheduleId?: string;
}

export interface Website {
  url: string;
  lastAudit: Audit;
  /** Newest first. */
  audits: Audit[];
  auditCount: number;
  entityRefs?: string[];
}

export interface AuditOptions {
  formFactor: FormFactor;
  throttling?: Throttling;
  categories?: string[];
}

export interface TrendPoint {
  time: string;
  audits: number;
  categories?: CategoryScore[];
  metrics?: Metrics;
}

export interface CheckComparison {
  id: string;
  title: string;
  baseScore?: number;
  otherScore?: number;
  baseValue?: number;
  otherValue?: number;
  numericUnit?: string;
}

export interface Comparison {
  base: Audit;
  other: Audit;
  checks?: CheckComparison[];
}

export interface Schedule {
  id: string;
  url: string;
  cron: string;
  timeZone?: string;
  options?: Partial<AuditOptions>;
  enabled: boolean;
  origin: 'API' | 'CONFIGURATION' | 'CATALOG';
  entityRef?: string;
  nextRun?: string;
  lastRun?: string;
}
