import { Card, ConfirmDialog, DataTable, EmptyState, ErrorPanel, Tag, Time, type DataColumn } from '@callboard/core-components';
import { alertApiRef, useApi } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { MonitorSmartphone } from 'lucide-react';
import { useState } from 'react';
import { useProviders, useRevokeSessions, useSessions, type Session } from '../../hooks/useAuth';
import { browserName } from '../../lib/browserName';
import { useMessages, type Messages } from '../../translation';
import styles from './UserSettingsPage.module.css';

/** Where the person is signed in, and the way to end that. */
export function SessionsCard() {
  const text = useMessages().sessions;
  const { data: sessions, error, refetch } = useSessions();
  const providers = useProviders();
  const [asked, setAsked] = useState<Session | 'others'>();
  const others = sessions?.filter(({ isCurrent }) => !isCurrent) ?? [];
  const hasCurrent = others.length < (sessions?.length ?? 0);
  const titleOf = (provider: string) => providers.data?.find(({ id }) => id === provider)?.title ?? provider;

  const columns: DataColumn<Session>[] = [
    { id: 'browser', title: text.columns.browser, render: session => <Browser session={session} /> },
    { id: 'provider', title: text.columns.provider, width: '18%', render: ({ provider }) => titleOf(provider) },
    { id: 'address', title: text.columns.address, width: '16%', optional: true, render: ({ address }) => address },
    { id: 'used', title: text.columns.used, width: '15%', render: ({ lastUsedAt }) => <Time at={lastUsedAt} /> },
    { id: 'started', title: text.columns.started, width: '15%', optional: true, render: ({ createdAt }) => <Time at={createdAt} /> },
    {
      id: 'action',
      title: text.columns.action,
      width: '110px',
      align: 'right',
      render: session =>
        !session.isCurrent && (
          <Button size="small" aria-label={text.revokeOne(nameOf(session, text))} onClick={() => setAsked(session)}>
            {text.revoke}
          </Button>
        ),
    },
  ];

  return (
    <Card
      title={text.title}
      count={sessions?.length}
      actions={hasCurrent && others.length > 0 && <Button onClick={() => setAsked('others')}>{text.revokeOthers}</Button>}
      flush
    >
      {error ? (
        <div className={styles.padded}>
          <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
        </div>
      ) : sessions?.length === 0 ? (
        <EmptyState icon={MonitorSmartphone} title={text.none} description={text.noneText} />
      ) : (
        <DataTable label={text.title} columns={columns} rows={sessions} rowKey={({ id }) => id} skeletonRows={2} flush />
      )}
      {asked && <RevokeDialog which={asked} others={others.length} onClose={() => setAsked(undefined)} />}
    </Card>
  );
}

function Browser({ session }: { session: Session }) {
  const text = useMessages().sessions;
  return (
    <span className={styles.browser} title={session.userAgent ?? undefined}>
      <span className={styles.cut}>{nameOf(session, text)}</span>
      {session.isCurrent && <Tag tone="success">{text.current}</Tag>}
    </span>
  );
}

function RevokeDialog({ which, others, onClose }: { which: Session | 'others'; others: number; onClose(): void }) {
  const text = useMessages().sessions;
  const alertApi = useApi(alertApiRef);
  const revoke = useRevokeSessions();
  return (
    <ConfirmDialog
      title={which === 'others' ? text.revokeOthersTitle : text.revokeTitle}
      action={text.revoke}
      danger
      busy={revoke.isPending}
      error={revoke.error}
      onClose={onClose}
      onConfirm={() =>
        revoke.mutate(which, {
          onSuccess: () => {
            alertApi.post({ message: text.revoked, severity: 'success', display: 'transient' });
            onClose();
          },
        })
      }
    >
      <p>{which === 'others' ? text.revokeOthersText(others) : text.revokeText(nameOf(which, text))}</p>
    </ConfirmDialog>
  );
}

function nameOf({ userAgent }: Session, text: Messages['sessions']): string {
  return userAgent ? browserName(userAgent) : text.unknown;
}
