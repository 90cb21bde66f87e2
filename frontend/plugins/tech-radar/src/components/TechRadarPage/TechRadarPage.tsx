import { Content, EmptyState, ErrorPanel, PageHeader, Select, Skeleton, useFormats } from '@callboard/core-components';
import { useApi, useExtensionConfig } from '@callboard/core-plugin-api';
import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { Radar, SearchX } from 'lucide-react';
import { useState } from 'react';
import { techRadarApiRef, type RadarSource } from '../../api/techRadarApi';
import { matches, placeEntries } from '../../lib/radarEntries';
import { EXAMPLE_ENTRY, useMessages } from '../../translation';
import type { RadarPageConfig } from '../../radarConfig';
import { EntryDialog } from './EntryDialog';
import { RadarChart } from './RadarChart';
import { RadarLegend } from './RadarLegend';
import { RadarTable } from './RadarTable';
import { RadarToolbar } from './RadarToolbar';
import { useRadarState } from './useRadarState';
import styles from './TechRadarPage.module.css';

/** The radar as a drawing with its legend, or as a table; one of several where there are several. */
export function TechRadarPage(props: {
  /** Which radar, where the app's own implementation of the API knows several. */
  id?: string;
  title?: string;
  subtitle?: string;
}) {
  const messages = useMessages();
  const config = useExtensionConfig<RadarPageConfig>() ?? {};
  const { title = config.heading ?? messages.title, subtitle = config.subtitle ?? messages.subtitle } = props;
  const radarApi = useApi(techRadarApiRef);
  const [state, change] = useRadarState();
  const names = Object.keys(config.radars ?? {});
  const name = names.find(one => one === state.radar) ?? names[0];
  const id = props.id ?? name;
  const source: RadarSource = (name !== undefined && config.radars?.[name]) || config;
  const { data, error, refetch } = useQuery({
    queryKey: ['tech-radar', id, source.url, source.entity],
    queryFn: () => radarApi.load(id, source),
    staleTime: Infinity,
  });
  return (
    <>
      <PageHeader
        title={title}
        subtitle={subtitle}
        actions={
          names.length > 1 && (
            <Select
              label={messages.which}
              value={name ?? ''}
              onChange={radar => change({ radar, entry: undefined, quadrant: undefined })}
              options={names.map(value => ({ value, label: config.radars?.[value]?.title ?? value }))}
            />
          )
        }
      />
      <Content>
        {error ? (
          <ErrorPanel error={error} title={messages.failed} hint={messages.failedHint} onRetry={() => void refetch()} />
        ) : data ? (
          <LoadedRadar key={id} radar={data} />
        ) : (
          <div aria-busy className={styles.loading}>
            <Skeleton height={32} width={400} />
            <Skeleton height={620} />
          </div>
        )}
      </Content>
    </>
  );
}

function LoadedRadar({ radar }: { radar: TechRadarLoaderResponse }) {
  const messages = useMessages();
  const [state, change] = useRadarState();
  const [active, setActive] = useState<string>();
  const all = placeEntries(radar, useFormats());
  const shown = all.filter(entry => matches(entry, state));
  const opened = all.find(({ id }) => id === state.entry);
  const open = (entry: string) => change({ entry });

  if (all.length === 0) {
    return (
      <EmptyState
        icon={Radar}
        title={messages.emptyTitle}
        description={messages.emptyText}
        example={{ text: EXAMPLE_ENTRY, language: 'yaml', label: messages.example }}
      />
    );
  }
  const parts = { radar, entries: shown, active, onActivate: setActive, onOpen: open };
  return (
    <>
      <RadarToolbar radar={radar} state={state} shown={shown.length} total={all.length} onChange={change} />
      {shown.length === 0 ? (
        <EmptyState
          icon={SearchX}
          title={messages.none}
          description={messages.noneText}
          action={
            <Button onClick={() => change({ text: '', quadrant: undefined, movement: undefined })}>{messages.clear}</Button>
          }
        />
      ) : state.view === 'table' ? (
        <RadarTable radar={radar} entries={shown} onOpen={open} />
      ) : (
        <div className={styles.layout}>
          <RadarChart {...parts} all={all} quadrant={state.quadrant} />
          <RadarLegend {...parts} quadrant={state.quadrant} />
        </div>
      )}
      {opened && (
        <EntryDialog
          radar={radar}
          entry={opened}
          entries={shown.includes(opened) ? shown : all}
          onOpen={open}
          onClose={() => change({ entry: undefined })}
        />
      )}
    </>
  );
}
