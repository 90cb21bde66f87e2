import { Content, PageHeader } from '@callboard/core-components';
import { useMessages } from '../../translation';
import { AppearanceCard } from './AppearanceCard';
import { FeatureFlagsCard } from './FeatureFlagsCard';
import { LanguageCard } from './LanguageCard';
import { ProfileCard } from './ProfileCard';
import { ProvidersCard } from './ProvidersCard';
import { SessionsCard } from './SessionsCard';
import styles from './UserSettingsPage.module.css';

/** What a person may set for themselves, and what the portal knows of them. */
export function UserSettingsPage() {
  const messages = useMessages();
  return (
    <>
      <PageHeader title={messages.title} subtitle={messages.subtitle} />
      <Content>
        <div className={styles.page}>
          <ProfileCard />
          <AppearanceCard />
          <LanguageCard />
          <SessionsCard />
          <ProvidersCard />
          <FeatureFlagsCard />
        </div>
      </Content>
    </>
  );
}
