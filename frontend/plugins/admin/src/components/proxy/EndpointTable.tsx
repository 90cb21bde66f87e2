import { Cut, DataTable, Link, Sparkline, useFormats, type DataColumn } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import type { Endpoint, UsageBucket } from '../../api/types';
import { useUsage } from '../../hooks/useAdmin';
import { usagePoints, usageTotals, type Range } from '../../lib/usage';
import { useMessages } from '../../translation';
import { endpointRouteRef } from '../../routes';
import parts from '../parts/parts.module.css';
import { EndpointState } from './EndpointState';

/** Endpoints, each with the sum of what went through it. */
export function EndpointTable({ endpoints, range }: { endpoints: readonly Endpoint[] | undefined; range: Range }) {
  const messages = useMessages();
  const text = messages.proxy;
  const formats = useFormats();
  const { data } = useUsage(range);
  const endpointPath = useRouteRef(endpointRouteRef)();
  const bucketsOf = ({ route }: Endpoint) => data?.usage.buckets.filter(bucket => bucket.route === route) ?? [];
  const columns: DataColumn<Endpoint>[] = [
    {
      id: 'route',
      title: text.columns.route,
      width: '18%',
      render: ({ id, route, description }) => (
        <Link to={`${endpointPath}?${new URLSearchParams({ id, ...(range !== 'day' && { range }) })}`} title={description || route}>
          {route}
        </Link>
      ),
    },
    {
      id: 'target',
      title: text.columns.target,
      render: ({ target }) => (
        <Cut title={target}>
          {target.replace(/^https:\/\//, '')}
        </Cut>
      ),
    },
    { id: 'status', title: text.columns.status, width: '100px', render: endpoint => <EndpointState endpoint={endpoint} /> },
    {
      id: 'requests',
      title: text.columns.requests,
      width: '90px',
      align: 'right',
      render: endpoint => data && formats.number(usageTotals(bucketsOf(endpoint)).requests),
    },
    { id: 'rate', title: text.columns.rate, width: '110px', optional: true, render: endpoint => data && <Trend endpoint={endpoint} buckets={bucketsOf(endpoint)} {...data} /> },
    { id: 'errors', title: text.columns.errors, width: '70px', align: 'right', render: endpoint => data && <Errors buckets={bucketsOf(endpoint)} /> },
    {
      id: 'latency',
      title: text.columns.latency,
      width: '95px',
      align: 'right',
      optional: true,
      render: endpoint => {
        const { highestP90Ms } = usageTotals(bucketsOf(endpoint));
        return highestP90Ms === undefined ? data && '–' : formats.duration(highestP90Ms);
      },
    },
    { id: 'cache', title: text.columns.cache, width: '90px', align: 'right', optional: true, render: endpoint => data && <CacheShare endpoint={endpoint} buckets={bucketsOf(endpoint)} /> },
    { id: 'origin', title: text.columns.origin, width: '110px', optional: 'first', render: ({ origin }) => origin && text.origins[origin] },
  ];
  return <DataTable label={text.list} columns={columns} rows={endpoints} rowKey={({ id }) => id} />;
}

function Trend(props: { endpoint: Endpoint; buckets: readonly UsageBucket[]; usage: { resolution: string }; from: Date; to: Date }) {
  const text = useMessages().proxy;
  const { endpoint, buckets, usage, from, to } = props;
  const minutes = Number.parseFloat(usage.resolution) / 60;
  const requests = usagePoints({ resolution: usage.resolution, buckets: [...buckets] }, from, to).map(point => point.requestsPerMinute * minutes);
  const most = Math.max(1, ...requests);
  return <Sparkline label={text.trend(endpoint.route, requests.map(Math.round))} values={requests.map(value => value / most)} />;
}

function Errors({ buckets }: { buckets: readonly UsageBucket[] }) {
  const formats = useFormats();
  const { requests, clientErrors, serverErrors } = usageTotals(buckets);
  if (requests === 0) {
    return '–';
  }
  const errors = clientErrors + serverErrors;
  return (
    <span className={serverErrors > 0 ? parts.danger : undefined} title={`${clientErrors} × 4xx, ${serverErrors} × 5xx`}>
      {errors === 0 ? formats.number(0) : formats.share(errors / requests)}
    </span>
  );
}

function CacheShare({ endpoint: { cache = 'none' }, buckets }: { endpoint: Endpoint; buckets: readonly UsageBucket[] }) {
  const formats = useFormats();
  const { requests, cacheHits } = usageTotals(buckets);
  return cache === 'none' || requests === 0 ? '–' : formats.share(cacheHits / requests);
}
