import { Card, Cut, DataTable, Duration, EmptyState, MetadataList, StatusError, StatusOK, StatusPending, StatusRunning, Time, useFormats, type Formats, type DataColumn } from '@callboard/core-components';
import { Radar } from 'lucide-react';
import type { Provider } from '../../api/types';
import { useProviders } from '../../hooks/useAdmin';
import { useMessages, type Messages } from '../../translation';
import parts from '../parts/parts.module.css';
import { Unavailable } from '../parts/Unavailable';

/** The providers of the catalog with how their last run went. */
export function ProvidersCard() {
  const text = useMessages().catalog;
  const formats = useFormats();
  const { data: providers, error, refetch } = useProviders();
  return (
    <Card title={text.providers} count={providers?.length} flush>
      {error ? (
        <div className={parts.padded}>
          <Unavailable error={error} title={text.providersFailed} denied={text.providersDenied} missing={text.providersMissing} onRetry={() => void refetch()} />
        </div>
      ) : providers?.length === 0 ? (
        <EmptyState icon={Radar} title={text.noProviders} description={text.noProvidersText} />
      ) : (
        <DataTable
          flush
          label={text.providers}
          columns={columns(text, formats)}
          rows={providers}
          rowKey={({ name }) => name}
          skeletonRows={3}
          renderDetail={provider => <Detail provider={provider} />}
        />
      )}
    </Card>
  );
}

/** How the last run went, as far as the times tell. */
function stateOf({ lastStartedAt, lastFinishedAt, lastError }: Provider): keyof Messages['catalog']['states'] {
  if (lastStartedAt && (!lastFinishedAt || new Date(lastFinishedAt) < new Date(lastStartedAt))) {
    return 'running';
  }
  if (lastError) {
    return 'failed';
  }
  return lastFinishedAt ? 'ok' : 'never';
}

const MARKS = { ok: StatusOK, failed: StatusError, running: StatusRunning, never: StatusPending };

const columns = (text: Messages['catalog'], formats: Formats): DataColumn<Provider>[] => [
  {
    id: 'name',
    title: text.provider.name,
    render: ({ name, kind }) => (
      <Cut title={kind ? `${name} (${kind})` : name}>
        {name}
      </Cut>
    ),
  },
  {
    id: 'status',
    title: text.provider.status,
    width: '230px',
    render: provider => {
      const state = stateOf(provider);
      const Mark = MARKS[state];
      return (
        <span className={parts.wrapping}>
          <Mark>
            <span>
              {text.states[state]} <Time at={state === 'running' ? provider.lastStartedAt : provider.lastFinishedAt} />
            </span>
          </Mark>
        </span>
      );
    },
  },
  { id: 'duration', title: text.provider.duration, width: '90px', align: 'right', optional: true, render: provider => <LastDuration provider={provider} /> },
  { id: 'entities', title: text.provider.entities, width: '90px', align: 'right', render: ({ entityCount }) => entityCount !== undefined && formats.number(entityCount) },
  {
    id: 'schedule',
    title: text.provider.schedule,
    width: '150px',
    optional: true,
    render: ({ schedule: { frequency } }) => (frequency ? text.every(formats.period(frequency)) : text.onDemand),
  },
  { id: 'next', title: text.provider.next, width: '120px', render: ({ nextRunAt }) => <Time at={nextRunAt} /> },
];

function LastDuration({ provider }: { provider: Provider }) {
  const { lastStartedAt, lastFinishedAt } = provider;
  return stateOf(provider) === 'running' ? <Duration from={lastStartedAt} /> : lastFinishedAt && <Duration from={lastStartedAt} to={lastFinishedAt} />;
}

function Detail({ provider: { kind, lastSucceededAt, lastError } }: { provider: Provider }) {
  const messages = useMessages();
  const text = messages.catalog;
  return (
    <MetadataList
      items={[
        { label: text.columns.type, value: kind },
        { label: text.lastSucceeded, value: lastSucceededAt ? <Time at={lastSucceededAt} /> : messages.never },
        { label: text.error, value: lastError && <span className={parts.danger}>{lastError}</span> },
      ]}
    />
  );
}
