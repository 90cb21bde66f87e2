import { DataTable, EmptyState, ErrorPanel, SegmentedControl, Time, type DataColumn } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { ChartLine, Gauge, Plus } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import type { Audit } from '../../api/types';
import { useWebsite } from '../../hooks/useLighthouse';
import { CATEGORIES, scoreIn } from '../../lib/scores';
import { websitesOf, type NamedWebsite } from '../../lib/websites';
import { useMessages, type Messages } from '../../translation';
import { auditRouteRef, createAuditRouteRef, trendsRouteRef } from '../../routes';
import { AuditStatusMark } from '../parts/AuditStatusMark';
import { Score } from '../parts/Score';
import { MissingWebsite } from './MissingWebsite';
import styles from './entity.module.css';

/** The audits of the websites of the page's entity. */
export function EntityContent() {
  const text = useMessages().entity;
  const { entity } = useEntity();
  const websites = websitesOf(entity);
  const [chosen, setChosen] = useState<string>();
  const website = websites.find(({ url }) => url === chosen) ?? websites[0];
  if (!website) {
    return <MissingWebsite />;
  }
  return (
    <>
      {websites.length > 1 && (
        <div className={styles.choice}>
          <SegmentedControl
            label={text.website}
            value={website.url}
            onChange={setChosen}
            segments={websites.map(({ url, label }) => ({ value: url, label }))}
          />
        </div>
      )}
      <WebsiteAudits key={website.url} website={website} />
    </>
  );
}

function WebsiteAudits({ website: { url } }: { website: NamedWebsite }) {
  const messages = useMessages();
  const text = messages.entity;
  const { data, error, refetch } = useWebsite(url);
  const create = useRouteRef(createAuditRouteRef)();
  const trends = useRouteRef(trendsRouteRef)();
  const query = `?${new URLSearchParams({ url })}`;
  const createButton = (
    <Button component={Link} to={`${create}${query}`} variant="contained" color="primary" startIcon={<Plus size={16} />}>
      {messages.create}
    </Button>
  );
  if (error) {
    return <ErrorPanel error={error} title={messages.failed} onRetry={() => void refetch()} />;
  }
  if (data && !data.website) {
    return <EmptyState icon={Gauge} title={text.never} description={text.neverText(url)} action={createButton} />;
  }
  return (
    <>
      <div className={styles.toolbar}>
        <a href={url} target="_blank" rel="noreferrer noopener" className={styles.url}>
          {url}
        </a>
        <Button component={Link} to={`${trends}${query}`} startIcon={<ChartLine size={14} />}>
          {messages.audit.trends}
        </Button>
        {createButton}
      </div>
      <DataTable label={text.all} columns={columns(messages)} rows={data?.website?.audits} rowKey={({ id }) => id} />
    </>
  );
}

const columns = (messages: Messages): DataColumn<Audit>[] => [
  { id: 'time', title: messages.columns.time, render: audit => <AuditLink audit={audit} /> },
  { id: 'status', title: messages.columns.status, render: audit => <AuditStatusMark audit={audit} /> },
  {
    id: 'device',
    title: messages.form.device,
    optional: true,
    render: ({ formFactor }) => formFactor && messages.formFactors[formFactor],
  },
  ...CATEGORIES.map(
    (id): DataColumn<Audit> => ({
      id,
      title: messages.categories[id],
      align: 'right',
      render: ({ categories }) => <Score score={scoreIn(categories, id)} />,
    }),
  ),
];

function AuditLink({ audit }: { audit: Audit }) {
  const path = useRouteRef(auditRouteRef);
  return (
    <Link to={path({ id: audit.id })}>
      <Time at={audit.timeCreated} />
    </Link>
  );
}
