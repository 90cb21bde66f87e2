import { Card, EmptyState, ErrorPanel, LoadingBlock, Tag } from '@callboard/core-components';
import { KeyRound } from 'lucide-react';
import { useProviders, useSessions } from '../../hooks/useAuth';
import { useMessages } from '../../translation';
import styles from './UserSettingsPage.module.css';

/** The ways to sign in that the portal offers, and which of them the person came by. */
export function ProvidersCard() {
  const text = useMessages().providers;
  const { data: providers, error, refetch } = useProviders();
  const current = useSessions().data?.find(({ isCurrent }) => isCurrent)?.provider;
  return (
    <Card title={text.title}>
      {error ? (
        <ErrorPanel error={error} title={text.failed} onRetry={() => void refetch()} />
      ) : !providers ? (
        <LoadingBlock height={32} />
      ) : providers.length === 0 ? (
        <EmptyState icon={KeyRound} title={text.none} description={text.noneText} />
      ) : (
        <ul className={styles.list}>
          {providers.map(({ id, title, kind }) => (
            <li key={id} className={styles.entry}>
              <span>
                {title}
                <span className={styles.muted}>{text.kinds[kind]}</span>
              </span>
              {id === current && <Tag tone="success">{text.current}</Tag>}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
