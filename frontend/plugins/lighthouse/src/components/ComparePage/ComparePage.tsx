import { Content, EmptyState, ErrorPanel, LoadingBlock, PageHeader, Select, useFormats } from '@callboard/core-components';
import { useApi, useRouteRef } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { GitCompareArrows } from 'lucide-react';
import { Link, useSearchParams } from 'react-router-dom';
import { lighthouseApiRef } from '../../api/LighthouseApi';
import type { Audit } from '../../api/types';
import { useWebsiteByAudit } from '../../hooks/useLighthouse';
import { shortUrl } from '../../lib/websites';
import { useMessages } from '../../translation';
import { auditRouteRef, rootRouteRef } from '../../routes';
import { ComparisonTables } from './ComparisonTables';
import styles from './ComparePage.module.css';

/** Two audits of a website side by side. */
export function ComparePage() {
  const messages = useMessages();
  const text = messages.compare;
  const [params, setParams] = useSearchParams();
  const [baseId, otherId] = [params.get('base') ?? '', params.get('other') ?? ''];
  const api = useApi(lighthouseApiRef);
  const root = useRouteRef(rootRouteRef)();
  const auditPath = useRouteRef(auditRouteRef);
  const ofAudit = useWebsiteByAudit(otherId || baseId);
  const comparison = useQuery({
    queryKey: ['lighthouse', 'comparison', baseId, otherId],
    enabled: baseId !== '' && otherId !== '',
    queryFn: ({ signal }) => api.compare(baseId, otherId, { signal }),
  });
  const website = ofAudit.data;
  const error = ofAudit.error ?? comparison.error;
  const completed = website?.audits.filter(({ status }) => status === 'COMPLETED') ?? [];
  const choose = (key: string) => (id: string) => setParams({ base: baseId, other: otherId, [key]: id }, { replace: true });

  return (
    <>
      <PageHeader
        title={text.title}
        breadcrumb={[
          { label: messages.plugin, to: root },
          ...(website ? [{ label: shortUrl(website.url), to: auditPath({ id: otherId }) }] : []),
        ]}
      />
      <Content>
        {otherId === '' && baseId === '' ? (
          <EmptyState
            icon={GitCompareArrows}
            title={text.which}
            description={text.whichText}
            action={
              <Button component={Link} to={root}>
                {messages.audit.all}
              </Button>
            }
          />
        ) : website && completed.length < 2 ? (
          <EmptyState icon={GitCompareArrows} title={text.needTwo} description={text.needTwoText} />
        ) : (
          <>
            <div className={styles.choices}>
              <AuditChoice label={text.base} audits={completed} value={baseId} onChange={choose('base')} />
              <AuditChoice label={text.other} audits={completed} value={otherId} onChange={choose('other')} />
            </div>
            {error ? (
              <ErrorPanel error={error} title={text.failed} onRetry={() => void Promise.all([ofAudit.refetch(), comparison.refetch()])} />
            ) : comparison.data ? (
              <ComparisonTables comparison={comparison.data} />
            ) : (
              <LoadingBlock height={320} />
            )}
          </>
        )}
      </Content>
    </>
  );
}

function AuditChoice(props: { label: string; audits: readonly Audit[]; value: string; onChange(id: string): void }) {
  const messages = useMessages();
  const formats = useFormats();
  const { label, audits, value, onChange } = props;
  return (
    <div className={styles.choice}>
      <span aria-hidden>{label}</span>
      <Select
        label={label}
        value={value}
        onChange={onChange}
        options={audits.map(audit => ({
          value: audit.id,
          label: [formats.exact(new Date(audit.timeCreated)), audit.formFactor && messages.formFactors[audit.formFactor]]
            .filter(Boolean)
            .join(' · '),
        }))}
      />
    </div>
  );
}
