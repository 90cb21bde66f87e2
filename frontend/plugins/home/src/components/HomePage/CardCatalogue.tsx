import Button from '@mui/material/Button';
import { Plus } from 'lucide-react';
import { useMessages } from '../../translation';
import type { HomeCard } from './CardOf';
import styles from './HomePage.module.css';

interface Offer {
  id: string;
  title: string;
  description: string;
  card: HomeCard;
}

/** The cards that a person may add. */
export function CardCatalogue({ cards, onAdd }: { cards: readonly Offer[]; onAdd(card: HomeCard): void }) {
  const text = useMessages().arrange;
  if (cards.length === 0) {
    return undefined;
  }
  return (
    <section className={styles.catalogue} aria-label={text.taken}>
      <h2>{text.taken}</h2>
      <ul>
        {cards.map(({ id, title, description, card }) => (
          <li key={id}>
            <span className={styles.offer}>
              <strong>{title}</strong>
              {description && <span className={styles.hint}>{description}</span>}
            </span>
            <Button startIcon={<Plus size={14} />} aria-label={text.add(title)} onClick={() => onAdd(card)}>
              {text.addShort}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
