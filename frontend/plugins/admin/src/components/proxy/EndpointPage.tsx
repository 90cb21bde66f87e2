import { Card, EmptyState, ErrorPanel, Link, LoadingBlock, SegmentedControl } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { CircleSlash } from 'lucide-react';
import { useSearchParams } from 'react-router-dom';
import type { Endpoint } from '../../api/types';
import { useEndpoints, useUsage } from '../../hooks/useAdmin';
import { RANGES, readRange, type Range } from '../../lib/usage';
import { useMessages } from '../../translation';
import { proxyRouteRef } from '../../routes';
import parts from '../parts/parts.module.css';
import { Unavailable } from '../parts/Unavailable';
import { EndpointActions } from './EndpointActions';
import { EndpointFacts } from './EndpointFacts';
import { EndpointState } from './EndpointState';
import styles from './proxy.module.css';
import { UsageCharts } from './UsageCharts';

/** One endpoint: what goes through it, how it is set up, and what can be done with it. */
export function EndpointPage() {
  const messages = useMessages();
  const text = messages.endpoint;
  const [params] = useSearchParams();
  const { data: endpoints, error, refetch } = useEndpoints();
  const all = useRouteRef(proxyRouteRef)();
  if (error) {
    return <Unavailable error={error} title={messages.proxy.failed} denied={messages.proxy.denied} onRetry={() => void refetch()} />;
  }
  if (!endpoints) {
    return <LoadingBlock height={320} />;
  }
  const endpoint = endpoints.find(({ id }) => id === params.get('id'));
  if (!endpoint) {
    return (
      <EmptyState
        icon={CircleSlash}
        title={text.missingTitle}
        description={text.missingText}
        action={
          <Button component={Link} to={all}>
            {text.all}
          </Button>
        }
      />
    );
  }
  return (
    <div className={parts.stack}>
      <p className={styles.back}>
        <Link to={all}>{text.all}</Link>
      </p>
      <div className={parts.bar}>
        <h2 className={styles.title}>
          <code>{endpoint.route}</code>
        </h2>
        <EndpointState endpoint={endpoint} />
        <div className={parts.end}>
          <EndpointActions endpoint={endpoint} />
        </div>
      </div>
      {endpoint.origin === 'CONFIGURATION' && <p className={parts.muted}>{text.readOnly}</p>}
      <UsageSection endpoint={endpoint} />
      <Card title={text.settings}>
        <EndpointFacts endpoint={endpoint} />
      </Card>
    </div>
  );
}

function UsageSection({ endpoint }: { endpoint: Endpoint }) {
  const messages = useMessages();
  const text = messages.endpoint;
  const [params, setParams] = useSearchParams();
  const range = readRange(params.get('range'));
  const { data, error, refetch } = useUsage(range, endpoint.route);
  return (
    <section className={parts.stack} aria-label={text.usage}>
      <div className={parts.bar}>
        <SegmentedControl
          label={messages.range}
          value={range}
          segments={(Object.keys(RANGES) as Range[]).map(value => ({ value, label: messages.ranges[value] }))}
          onChange={value => setParams({ id: endpoint.id, range: value }, { replace: true })}
        />
      </div>
      {error ? (
        <ErrorPanel error={error} title={text.usageFailed} onRetry={() => void refetch()} />
      ) : data ? (
        <UsageCharts endpoint={endpoint} {...data} />
      ) : (
        <LoadingBlock height={280} />
      )}
    </section>
  );
}
