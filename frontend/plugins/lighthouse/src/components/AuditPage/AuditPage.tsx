import { Content, EmptyState, ErrorPanel, LoadingBlock, PageHeader } from '@callboard/core-components';
import { useRouteRef, useRouteRefParams } from '@callboard/core-plugin-api';
import { ResponseError } from '@callboard/errors';
import Button from '@mui/material/Button';
import { ChartLine, GitCompareArrows, RotateCw, SearchX, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router-dom';
import { useAuditAction, useWebsiteByAudit } from '../../hooks/useLighthouse';
import { shortUrl } from '../../lib/websites';
import { useMessages } from '../../translation';
import { auditRouteRef, compareRouteRef, createAuditRouteRef, rootRouteRef, trendsRouteRef } from '../../routes';
import { AuditReport } from './AuditReport';
import { DeleteDialog } from './DeleteDialog';
import { VersionList } from './VersionList';
import styles from './AuditPage.module.css';

/** One audit with its report, and the website's others to switch to. */
export function AuditPage() {
  const messages = useMessages();
  const text = messages.audit;
  const { id } = useRouteRefParams(auditRouteRef);
  const { data: website, error, refetch } = useWebsiteByAudit(id);
  const navigate = useNavigate();
  const [deleting, setDeleting] = useState(false);
  const root = useRouteRef(rootRouteRef)();
  const create = useRouteRef(createAuditRouteRef)();
  const compare = useRouteRef(compareRouteRef)();
  const trends = useRouteRef(trendsRouteRef)();
  const remove = useAuditAction(() => void navigate(root));
  const audit = website?.audits.find(one => one.id === id);
  const others = website?.audits.filter(one => one.status === 'COMPLETED' && one.id !== id) ?? [];
  const query = (parameters: Record<string, string>) => `?${new URLSearchParams(parameters)}`;

  return (
    <>
      <PageHeader
        title={website ? shortUrl(website.url) : messages.plugin}
        breadcrumb={[{ label: messages.plugin, to: root }]}
        actions={
          website && (
            <>
              {others[0] && audit?.status === 'COMPLETED' && (
                <Button
                  component={Link}
                  to={`${compare}${query({ base: others[0].id, other: id })}`}
                  startIcon={<GitCompareArrows size={14} />}
                >
                  {text.compare}
                </Button>
              )}
              <Button component={Link} to={`${trends}${query({ url: website.url })}`} startIcon={<ChartLine size={14} />}>
                {text.trends}
              </Button>
              {audit && (
                <Button onClick={() => setDeleting(true)} startIcon={<Trash2 size={14} />}>
                  {text.remove}
                </Button>
              )}
              <Button
                component={Link}
                to={`${create}${query({ url: website.url })}`}
                variant="contained"
                color="primary"
                startIcon={<RotateCw size={14} />}
              >
                {text.again}
              </Button>
            </>
          )
        }
      />
      <Content>
        {error instanceof ResponseError && error.status === 404 ? (
          <EmptyState
            icon={SearchX}
            title={text.missing}
            description={text.missingText}
            action={
              <Button component={Link} to={root}>
                {text.all}
              </Button>
            }
          />
        ) : error ? (
          <ErrorPanel error={error} title={messages.failed} onRetry={() => void refetch()} />
        ) : (
          <div className={styles.layout}>
            <VersionList audits={website?.audits} current={id} />
            <div className={styles.main}>{audit ? <AuditReport key={id} audit={audit} /> : <LoadingBlock height={480} />}</div>
          </div>
        )}
      </Content>
      {deleting && <DeleteDialog id={id} remove={remove} onClose={() => setDeleting(false)} />}
    </>
  );
}
