import { DataTable, Time, type DataColumn } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { EntityRefLink } from '@callboard/plugin-catalog-react';
import { Link } from 'react-router-dom';
import type { Website } from '../../api/types';
import { CATEGORIES, scoresOver } from '../../lib/scores';
import { shortUrl } from '../../lib/websites';
import { useMessages, type Messages } from '../../translation';
import { auditRouteRef } from '../../routes';
import { AuditStatusMark } from '../parts/AuditStatusMark';
import { ScoreTrend } from '../parts/Score';
import styles from './WebsiteTable.module.css';

const columns = (text: Messages['columns'], messages: Messages): DataColumn<Website>[] => [
  { id: 'website', title: text.website, width: '19%', render: website => <WebsiteCell website={website} /> },
  ...CATEGORIES.map(
    (id): DataColumn<Website> => ({
      id,
      title: messages.categories[id],
      width: '14%',
      render: ({ audits }) => <ScoreTrend title={messages.categories[id]} scores={scoresOver(audits, id)} />,
    }),
  ),
  { id: 'status', title: text.status, width: '13%', render: ({ lastAudit }) => <AuditStatusMark audit={lastAudit} /> },
  { id: 'time', title: text.time, width: '12%', optional: true, render: ({ lastAudit }) => <Time at={lastAudit.timeCreated} /> },
];

/** Websites and their scores. */
export function WebsiteTable({ websites, stale }: { websites: Website[] | undefined; stale: boolean }) {
  const messages = useMessages();
  const text = messages.columns;
  return (
    <DataTable
      label={messages.websites}
      columns={columns(text, messages)}
      rows={websites}
      rowKey={({ url }) => url}
      stale={stale}
    />
  );
}

function WebsiteCell({ website }: { website: Website }) {
  const auditPath = useRouteRef(auditRouteRef);
  const [ref, ...others] = website.entityRefs ?? [];
  return (
    <span className={styles.website}>
      <Link to={auditPath({ id: website.lastAudit.id })} title={website.url}>
        {shortUrl(website.url)}
      </Link>
      {ref && (
        <span className={styles.entities}>
          <EntityRefLink entityRef={ref} defaultKind="component" />
          {others.length > 0 && ` +${others.length}`}
        </span>
      )}
    </span>
  );
}
