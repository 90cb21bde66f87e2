import { Content, EmptyState, PageHeader, useStoredState } from '@callboard/core-components';
import {
  configApiRef,
  ExtensionProvider,
  identityApiRef,
  useApi,
  useExtensions,
  useInstalledTexts,
  type InstalledExtension,
} from '@callboard/core-plugin-api';
import { homeCardKind, type HomeCardParams } from '@callboard/plugin-home-react';
import Button from '@mui/material/Button';
import { useQuery } from '@tanstack/react-query';
import { LayoutDashboard, Plus } from 'lucide-react';
import { useState } from 'react';
import { arrangeCards, DEFAULT_LAYOUT, moveTo, toggle, type HomeLayout } from '../../lib/homeLayout';
import { useMessages } from '../../translation';
import styles from '../home.module.css';
import { ArrangedCard } from './ArrangedCard';

type HomeCard = InstalledExtension<HomeCardParams>;

/** Where a person goes on. Its cards are extensions, in the order that configuration gives them, or that the person gave them. */
export function HomePage() {
  const messages = useMessages();
  const identityApi = useApi(identityApiRef);
  const organization = useApi(configApiRef).getOptionalString('organization.name');
  const cards = useExtensions(homeCardKind);
  const [layout, setLayout] = useStoredState<HomeLayout>('home', 'layout', DEFAULT_LAYOUT);
  const [arranging, setArranging] = useState(false);
  const { data: profile } = useQuery({ queryKey: ['identity', 'profile'], queryFn: () => identityApi.getProfileInfo() });
  const { shown } = arrangeCards(cards, layout);
  return (
    <>
      <PageHeader
        title={profile?.displayName ? messages.welcome(profile.displayName) : messages.title}
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
              {shown.map(card => (
                <div key={card.id} className={layout.wide.includes(card.id) ? styles.wide : undefined}>
                  <CardOf card={card} />
                </div>
              ))}
            </div>
          </>
        )}
      </Content>
    </>
  );
}

function CardOf({ card }: { card: HomeCard }) {
  return <ExtensionProvider extension={card}>{card.params.element}</ExtensionProvider>;
}

/** The cards while they are arranged. Every change is kept at once. */
function Arrangement(props: { cards: readonly HomeCard[]; layout: HomeLayout; onChange(layout: HomeLayout): void }) {
  const text = useMessages().arrange;
  const textOf = useInstalledTexts();
  const { cards, layout, onChange } = props;
  const [dragged, setDragged] = useState<{ id: string; over?: string }>();
  const [news, setNews] = useState('');
  const { shown, hidden } = arrangeCards(cards, layout);
  const ids = shown.map(({ id }) => id);
  const titleOf = ({ id, plugin, params }: HomeCard) =>
    params.title === undefined ? id.slice(homeCardKind.id.length + 1) : textOf(params.title, plugin.getId());

  const move = (id: string, title: string, place: number) => {
    onChange({ ...layout, order: moveTo(ids, id, place) });
    setNews(text.moved(title, place + 1, ids.length));
  };
  const drag = (id: string, step: 'start' | 'over' | 'drop' | 'end') => {
    if (step === 'drop' && dragged) {
      const card = shown.find(one => one.id === dragged.id);
      if (card) {
        move(card.id, titleOf(card), ids.indexOf(id));
      }
    }
    setDragged(step === 'start' ? { id } : step === 'over' && dragged ? { ...dragged, over: id } : undefined);
  };
  return (
    <>
      <div className={styles.toolbar}>
        <p className={styles.hint}>{text.hint}</p>
        <span role="status" className={styles.hint}>
          {news}
        </span>
        <Button variant="text" onClick={() => onChange(DEFAULT_LAYOUT)}>
          {text.restore}
        </Button>
      </div>
      <ul className={styles.cards} aria-label={text.list}>
        {shown.map((card, place) => (
          <ArrangedCard
            key={card.id}
            title={titleOf(card)}
            place={place}
            count={shown.length}
            wide={layout.wide.includes(card.id)}
            isTarget={dragged?.over === card.id && dragged.id !== card.id}
            onMove={to => move(card.id, titleOf(card), to)}
            onWide={() => onChange({ ...layout, wide: toggle(layout.wide, card.id) })}
            onRemove={() => onChange({ ...layout, order: ids, hidden: toggle(layout.hidden, card.id) })}
            onDrag={step => drag(card.id, step)}
          >
            <CardOf card={card} />
          </ArrangedCard>
        ))}
      </ul>
      {hidden.length > 0 && (
        <section className={styles.taken} aria-label={text.taken}>
          <h2>{text.taken}</h2>
          {hidden.map(card => (
            <Button
              key={card.id}
              startIcon={<Plus size={14} />}
              aria-label={text.add(titleOf(card))}
              onClick={() => onChange({ ...layout, order: [...ids, card.id], hidden: toggle(layout.hidden, card.id) })}
            >
              {titleOf(card)}
            </Button>
          ))}
        </section>
      )}
    </>
  );
}
