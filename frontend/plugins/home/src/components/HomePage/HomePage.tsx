import { Content, EmptyState, PageHeader, useNow, useStoredState } from '@callboard/core-components';
import { configApiRef, identityApiRef, useApi, useExtensions, useRevealed } from '@callboard/core-plugin-api';
import { homeCardKind } from '@callboard/plugin-home-react';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { LayoutDashboard } from 'lucide-react';
import { useState } from 'react';
import { greetingAt } from '../../lib/greeting';
import { arrangeCards, DEFAULT_LAYOUT, isWide, type HomeLayout } from '../../lib/homeLayout';
import { useMessages } from '../../translation';
import { Arrangement } from './Arrangement';
import { CardOf } from './CardOf';
import styles from './HomePage.module.css';

/** Where a person goes on. Its cards are extensions, in the order that configuration gives them, or that the person gave them. */
export function HomePage() {
  const messages = useMessages();
  const identityApi = useApi(identityApiRef);
  const organization = useApi(configApiRef).getOptionalString('organization.name');
  const cards = useExtensions(homeCardKind).filter(({ params, config }) => params.isOffered?.(config) ?? true);
  const [kept, setLayout] = useStoredState<Partial<HomeLayout>>('home', 'layout', DEFAULT_LAYOUT);
  const layout = { ...DEFAULT_LAYOUT, ...kept };
  const [arranging, setArranging] = useState(false);
  const greet = messages.greetings[greetingAt(useNow().getHours())];
  const { data: profile } = useQuery({ queryKey: ['identity', 'profile'], queryFn: () => identityApi.getProfileInfo() });
  const { shown } = arrangeCards(cards, layout);
  const revealed = useRevealed(shown.map(({ params }) => params.element));
  return (
    <>
      <PageHeader
        title={greet(profile?.displayName)}
        subtitle={organization}
        documentTitle={messages.title}
        actions={
          cards.length > 0 && (
            <Button startIcon={<LayoutDashboard size={16} />} aria-pressed={arranging} onClick={() => setArranging(!arranging)}>
              {arranging ? messages.arrange.done : messages.arrange.start}
            </Button>
          )
        }
      />
      <Content>
        {cards.length === 0 && (
          <EmptyState missing="content" title={messages.noCards.title} description={messages.noCards.text} />
        )}
        {arranging ? (
          <Arrangement cards={cards} layout={layout} onChange={setLayout} />
        ) : (
          <>
            {cards.length > 0 && shown.length === 0 && (
              <EmptyState missing="content" title={messages.arrange.none} description={messages.arrange.noneText} />
            )}
            <div className={styles.cards}>
              {shown.slice(0, revealed).map(card => (
                <div key={card.id} className={isWide(card, layout) ? styles.wide : undefined}>
                  <CardOf card={card} layout={layout} />
                </div>
              ))}
            </div>
          </>
        )}
      </Content>
    </>
  );
}
