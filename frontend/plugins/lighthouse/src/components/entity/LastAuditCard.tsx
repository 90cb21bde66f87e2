import { Card, ErrorPanel, LoadingBlock, Time } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { Link } from 'react-router-dom';
import { useWebsite } from '../../hooks/useLighthouse';
import { CATEGORIES, lastCompleted, scoreIn } from '../../lib/scores';
import { shortUrl, websitesOf } from '../../lib/websites';
import { useMessages } from '../../translation';
import { auditRouteRef, createAuditRouteRef } from '../../routes';
import { AuditStatusMark } from '../parts/AuditStatusMark';
import { ScoreRing } from '../parts/Score';
import styles from './entity.module.css';

/** The scores of the entity's website at a glance. */
export function LastAuditCard() {
  const { entity } = useEntity();
  const [website] = websitesOf(entity);
  return website && <CardOf url={website.url} />;
}

function CardOf({ url }: { url: string }) {
  const messages = useMessages();
  const text = messages.entity;
  const { data, error, refetch } = useWebsite(url);
  const auditPath = useRouteRef(auditRouteRef);
  const create = useRouteRef(createAuditRouteRef)();
  const audit = data?.website && (lastCompleted(data.website.audits) ?? data.website.lastAudit);
  return (
    <Card title={text.card}>
      {error ? (
        <ErrorPanel error={error} title={messages.failed} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingBlock height={96} />
      ) : !audit ? (
        <div className={styles.never}>
          <p>{text.neverText(shortUrl(url))}</p>
          <Button component={Link} to={`${create}?${new URLSearchParams({ url })}`}>
            {messages.create}
          </Button>
        </div>
      ) : (
        <>
          <p className={styles.facts}>
            <Link to={auditPath({ id: audit.id })}>{shortUrl(url)}</Link>
            <Time at={audit.timeCreated} />
            {audit.status !== 'COMPLETED' && <AuditStatusMark audit={audit} />}
          </p>
          <div className={styles.rings}>
            {CATEGORIES.map(id => (
              <ScoreRing key={id} title={messages.categories[id]} score={scoreIn(audit.categories, id)} />
            ))}
          </div>
        </>
      )}
    </Card>
  );
}
