import { Card, ErrorPanel, LoadingBlock, Tag, Time } from '@callboard/core-components';
import { useApi } from '@callboard/core-plugin-api';
import IconButton from '@mui/material/IconButton';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Trash2 } from 'lucide-react';
import { lighthouseApiRef } from '../../api/LighthouseApi';
import { useMessages } from '../../translation';
import styles from './TrendsPage.module.css';

/** When a website is audited by itself. */
export function Schedules({ url }: { url: string }) {
  const messages = useMessages();
  const text = messages.trends;
  const api = useApi(lighthouseApiRef);
  const queryClient = useQueryClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['lighthouse', 'schedules', url],
    queryFn: ({ signal }) => api.listSchedules(url, { signal }),
  });
  const remove = useMutation({
    mutationFn: (id: string) => api.deleteSchedule(id),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['lighthouse', 'schedules'] }),
  });
  const problem = error ?? remove.error;
  return (
    <Card title={text.schedules} count={data?.length}>
      {problem && <ErrorPanel error={problem} title={error ? text.schedulesFailed : text.removeFailed} onRetry={error ? () => void refetch() : undefined} />}
      {!data && !error && <LoadingBlock width="40%" />}
      {data?.length === 0 && <p className={styles.faint}>{text.noSchedules}</p>}
      <ul>
        {data?.map(({ id, cron, timeZone, origin, nextRun, options }) => (
          <li key={id} className={styles.schedule}>
            <code>{cron}</code>
            <span className={styles.faint}>{timeZone ?? 'UTC'}</span>
            <Tag>{messages.formFactors[options?.formFactor ?? 'MOBILE']}</Tag>
            <span className={styles.faint}>{text.origins[origin]}</span>
            {nextRun && (
              <span className={styles.faint}>
                {text.next} <Time at={nextRun} />
              </span>
            )}
            {origin === 'API' && (
              <IconButton aria-label={text.removeSchedule(cron)} disabled={remove.isPending} onClick={() => remove.mutate(id)}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}
