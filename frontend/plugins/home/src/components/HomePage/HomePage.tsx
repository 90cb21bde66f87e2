import { Content, EmptyState, PageHeader } from '@callboard/core-components';
import { configApiRef, ExtensionProvider, identityApiRef, useApi, useExtensions } from '@callboard/core-plugin-api';
import { homeCardKind } from '@callboard/plugin-home-react';
import { useQuery } from '@tanstack/react-query';
import { useMessages } from '../../translation';
import styles from '../home.module.css';

/** Where a person goes on. Its cards are extensions, in the order that configuration gives them. */
export function HomePage() {
  const messages = useMessages();
  const identityApi = useApi(identityApiRef);
  const organization = useApi(configApiRef).getOptionalString('organization.name');
  const cards = useExtensions(homeCardKind);
  const { data: profile } = useQuery({ queryKey: ['identity', 'profile'], queryFn: () => identityApi.getProfileInfo() });
  return (
    <>
      <PageHeader
        title={profile?.displayName ? messages.welcome(profile.displayName) : messages.title}
        subtitle={organization}
        documentTitle={messages.title}
      />
      <Content>
        {cards.length === 0 && (
          <EmptyState missing="content" title={messages.noCards.title} description={messages.noCards.text} />
        )}
        <div className={styles.cards}>
          {cards.map(card => (
            <ExtensionProvider key={card.id} extension={card}>
              {card.params.element}
            </ExtensionProvider>
          ))}
        </div>
      </Content>
    </>
  );
}
