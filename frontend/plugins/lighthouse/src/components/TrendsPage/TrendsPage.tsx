import { Card, Content, EmptyState, ErrorPanel, LoadingBlock, PageHeader, SegmentedControl, TimeChart } from '@callboard/core-components';
import { useApi, useRouteRef } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { ChartLine } from 'lucide-react';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router-dom';
import { lighthouseApiRef } from '../../api/LighthouseApi';
import type { TrendPoint } from '../../api/types';
import { useMetrics } from '../../lib/metrics';
import { CATEGORIES, FAIR, GOOD, scoreIn } from '../../lib/scores';
import { shortUrl } from '../../lib/websites';
import { useMessages } from '../../translation';
import { rootRouteRef } from '../../routes';
import { Schedules } from './Schedules';
import { TrendTable } from './TrendTable';
import styles from './TrendsPage.module.css';

const DEVICES = ['', 'MOBILE', 'DESKTOP'] as const;

/** How a website's scores and metrics develop, and when it is audited. */
export function TrendsPage() {
  const messages = useMessages();
  const text = messages.trends;
  const [params, setParams] = useSearchParams();
  const url = params.get('url') ?? '';
  const device = DEVICES.find(one => one === params.get('device')) ?? '';
  const api = useApi(lighthouseApiRef);
  const root = useRouteRef(rootRouteRef)();
  const { data, error, refetch } = useQuery({
    queryKey: ['lighthouse', 'trend', url, device],
    enabled: url !== '',
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.getTrend(url, { formFactor: device || undefined }, { signal }),
  });
  return (
    <>
      <PageHeader
        title={shortUrl(url) || text.title}
        breadcrumb={[{ label: messages.plugin, to: root }]}
        subtitle={url !== '' && text.title}
        actions={
          url !== '' && (
            <SegmentedControl
              label={text.device}
              value={device}
              onChange={value => setParams({ url, ...(value && { device: value }) }, { replace: true })}
              segments={DEVICES.map(value => ({ value, label: value ? messages.formFactors[value] : text.both }))}
            />
          )
        }
      />
      <Content>
        {url === '' ? (
          <EmptyState
            icon={ChartLine}
            title={text.which}
            description={text.whichText}
            action={
              <Button component={Link} to={root}>
                {messages.audit.all}
              </Button>
            }
          />
        ) : error ? (
          <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
        ) : data?.length === 0 ? (
          <EmptyState icon={ChartLine} title={text.none} description={text.noneText} />
        ) : data ? (
          <Trends points={data} />
        ) : (
          <LoadingBlock height={320} />
        )}
        {url !== '' && (
          <div className={styles.schedules}>
            <Schedules url={url} />
          </div>
        )}
      </Content>
    </>
  );
}

function Trends({ points }: { points: readonly TrendPoint[] }) {
  const messages = useMessages();
  const shownMetrics = useMetrics();
  const text = messages.trends;
  const [asTable, setAsTable] = useState(false);
  const times = points.map(({ time }) => new Date(time));
  return (
    <div className={styles.charts}>
      <div className={styles.wide}>
        <Card
          title={text.scores}
          flush={asTable}
          actions={
            <Button variant="text" onClick={() => setAsTable(!asTable)}>
              {asTable ? text.asChart : text.asTable}
            </Button>
          }
        >
          {asTable ? (
            <TrendTable points={points} />
          ) : (
            <TimeChart
              label={text.scores}
              times={times}
              max={1}
              format={value => String(Math.round(value * 100))}
              thresholds={[
                { value: GOOD, title: text.good },
                { value: FAIR, title: text.poor },
              ]}
              series={CATEGORIES.map(id => ({
                id,
                title: messages.categories[id],
                values: points.map(({ categories }) => scoreIn(categories, id)),
              }))}
            />
          )}
        </Card>
      </div>
      {shownMetrics.map(({ id, title, good, poor, format }) => {
        const values = points.map(({ metrics }) => metrics?.[id]);
        const known = values.filter(value => value !== undefined);
        return (
          known.length > 0 && (
            <Card key={id} title={title}>
              <TimeChart
                label={text.metric(title)}
                times={times}
                max={Math.max(...known, good) * 1.15}
                format={format}
                thresholds={[
                  { value: good, title: text.good },
                  { value: poor, title: text.poor },
                ]}
                series={[{ id, title, values }]}
              />
            </Card>
          )
        );
      })}
    </div>
  );
}
