import { useInstalledTexts } from '@callboard/core-plugin-api';
import { homeCardKind } from '@callboard/plugin-home-react';
import Button from '@mui/material/Button';
import { useState } from 'react';
import { arrangeCards, DEFAULT_LAYOUT, isWide, moveTo, withCard, withOtherWidth, withoutCards, type HomeLayout } from '../../lib/homeLayout';
import { useMessages } from '../../translation';
import { ArrangedCard } from './ArrangedCard';
import { CardCatalogue } from './CardCatalogue';
import { CardOf, type HomeCard } from './CardOf';
import { CardSettingsDialog } from './CardSettingsDialog';
import styles from './HomePage.module.css';

/** The cards while they are arranged. Every change is kept at once; what takes more than one card away can be undone. */
export function Arrangement(props: { cards: readonly HomeCard[]; layout: HomeLayout; onChange(layout: HomeLayout): void }) {
  const text = useMessages().arrange;
  const textOf = useInstalledTexts();
  const { cards, layout, onChange } = props;
  const [dragged, setDragged] = useState<{ id: string; over?: string }>();
  const [news, setNews] = useState<{ text: string; before?: HomeLayout }>({ text: '' });
  const [setUp, setSetUp] = useState<HomeCard>();
  const { shown, hidden } = arrangeCards(cards, layout);
  const ids = shown.filter(({ params }) => !params.fixed).map(({ id }) => id);
  const titleOf = ({ id, plugin, params }: HomeCard) =>
    params.title === undefined ? id.slice(homeCardKind.id.length + 1) : textOf(params.title, plugin.getId());

  const move = (id: string, title: string, place: number) => {
    onChange({ ...layout, order: moveTo(ids, id, place) });
    setNews({ text: text.moved(title, place + 1, ids.length) });
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
  const changeAll = (changed: HomeLayout, said: string) => {
    onChange(changed);
    setNews({ text: said, before: layout });
  };
  return (
    <>
      <div className={styles.toolbar}>
        <p className={styles.hint}>{text.hint}</p>
        <span className={styles.hint}>
          <span role="status">{news.text}</span>
          {news.before && (
            <Button
              variant="text"
              onClick={() => {
                onChange(news.before ?? layout);
                setNews({ text: '' });
              }}
            >
              {text.undo}
            </Button>
          )}
        </span>
        <span className={styles.all}>
          <Button variant="text" disabled={ids.length === 0} onClick={() => changeAll(withoutCards(layout, ids, ids), text.cleared)}>
            {text.clear}
          </Button>
          <Button variant="text" onClick={() => changeAll(DEFAULT_LAYOUT, text.restored)}>
            {text.restore}
          </Button>
        </span>
      </div>
      <ul className={styles.cards} aria-label={text.list}>
        {shown.map(card => (
          <ArrangedCard
            key={card.id}
            title={titleOf(card)}
            place={ids.indexOf(card.id)}
            count={ids.length}
            fixed={card.params.fixed}
            wide={isWide(card, layout)}
            isTarget={dragged?.over === card.id && dragged.id !== card.id}
            onMove={to => move(card.id, titleOf(card), to)}
            onWide={() => onChange(withOtherWidth(layout, card))}
            onRemove={() => onChange(withoutCards(layout, ids, [card.id]))}
            onSetUp={card.params.form && (() => setSetUp(card))}
            onDrag={step => drag(card.id, step)}
          >
            <CardOf card={card} layout={layout} />
          </ArrangedCard>
        ))}
      </ul>
      <CardCatalogue
        cards={hidden.map(card => ({ id: card.id, title: titleOf(card), description: textOf(card.params.description ?? '', card.plugin.getId()), card }))}
        onAdd={card => onChange(withCard(layout, ids, card))}
      />
      {setUp && (
        <CardSettingsDialog
          card={setUp}
          title={titleOf(setUp)}
          settings={layout.settings}
          onSave={settings => {
            onChange({ ...layout, settings });
            setSetUp(undefined);
          }}
          onClose={() => setSetUp(undefined)}
        />
      )}
    </>
  );
}
