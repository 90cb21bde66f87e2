import { ErrorPanel, Link, LoadingBlock, WarningPanel } from '@callboard/core-components';
import { useApi, useRouteRef } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import LinearProgress from '@mui/material/LinearProgress';
import { useQuery } from '@tanstack/react-query';
import { Link as RouterLink } from 'react-router-dom';
import { lighthouseApiRef } from '../../api/LighthouseApi';
import type { Audit } from '../../api/types';
import { useAuditProgress } from '../../hooks/useAuditProgress';
import { useAuditAction } from '../../hooks/useLighthouse';
import { CATEGORIES, scoreIn } from '../../lib/scores';
import { shortUrl } from '../../lib/websites';
import { useMessages } from '../../translation';
import { createAuditRouteRef } from '../../routes';
import { ScoreRing } from '../parts/Score';
import styles from './AuditPage.module.css';

/** What an audit has come to so far: progress, why it failed, or the report. */
export function AuditReport({ audit }: { audit: Audit }) {
  switch (audit.status) {
    case 'RUNNING':
      return <RunningAudit audit={audit} />;
    case 'FAILED':
      return <FailedAudit audit={audit} />;
    case 'COMPLETED':
      return <CompletedAudit audit={audit} />;
  }
}

function RunningAudit({ audit }: { audit: Audit }) {
  const messages = useMessages();
  const text = messages.audit;
  const { percent, stage = audit.stage } = useAuditProgress(audit.id);
  const cancel = useAuditAction();
  return (
    <section className={styles.running} aria-label={text.running}>
      <h2>{text.running}</h2>
      <p className={styles.faint}>{text.runningText}</p>
      <LinearProgress
        variant={percent > 0 ? 'determinate' : 'indeterminate'}
        value={percent}
        aria-label={text.progress}
        className={styles.bar}
      />
      <p role="status">{stage ? messages.stages[stage] : messages.statuses.RUNNING}</p>
      <div>
        <Button loading={cancel.isPending} onClick={() => cancel.mutate({ id: audit.id, action: 'cancel' })}>
          {text.cancel}
        </Button>
      </div>
    </section>
  );
}

function FailedAudit({ audit }: { audit: Audit }) {
  const text = useMessages().audit;
  const create = useRouteRef(createAuditRouteRef)();
  return (
    <WarningPanel severity="error" title={text.failedTitle} message={audit.failure?.message ?? text.failedText}>
      <div>
        <Button component={RouterLink} to={`${create}?${new URLSearchParams({ url: audit.url })}`}>
          {text.again}
        </Button>
      </div>
    </WarningPanel>
  );
}

function CompletedAudit({ audit }: { audit: Audit }) {
  const messages = useMessages();
  const text = messages.audit;
  const api = useApi(lighthouseApiRef);
  const { data: url, error, refetch } = useQuery({
    queryKey: ['lighthouse', 'report-url', audit.id],
    queryFn: ({ signal }) => api.getReportUrl(audit.id, { signal }),
    staleTime: Infinity,
  });
  return (
    <>
      <div className={styles.scores}>
        {CATEGORIES.map(id => (
          <ScoreRing key={id} title={messages.categories[id]} score={scoreIn(audit.categories, id)} />
        ))}
        {url && (
          <span className={styles.alone}>
            <Link to={new URL(url, window.location.href).href}>{text.openReport}</Link>
          </span>
        )}
      </div>
      {url ? (
        // The report runs scripts of its own; without its origin it reaches nothing of the portal.
        <iframe
          className={styles.report}
          title={text.report(shortUrl(audit.url))}
          src={url}
          sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"
        />
      ) : error ? (
        <ErrorPanel error={error} title={text.reportFailed} onRetry={() => void refetch()} />
      ) : (
        <LoadingBlock height={480} />
      )}
    </>
  );
}
