import IconButton from '@mui/material/IconButton';
import { Star } from 'lucide-react';
import type { ComponentProps } from 'react';
import styles from './components.module.css';

/** A star, filled for what somebody comes back to. */
export function FavoriteToggleIcon({ isFavorite }: { isFavorite: boolean }) {
  return <Star className={isFavorite ? styles.favorite : undefined} size={16} fill={isFavorite ? 'currentColor' : 'none'} aria-hidden />;
}

/** Marks something as what one comes back to. */
export function FavoriteToggle(
  props: Omit<ComponentProps<typeof IconButton>, 'onToggle'> & {
    id: string;
    /** What a click does. */
    title: string;
    isFavorite: boolean;
    onToggle(isFavorite: boolean): void;
  },
) {
  const { title, isFavorite, onToggle, ...rest } = props;
  return (
    <IconButton aria-label={title} title={title} aria-pressed={isFavorite} {...rest} onClick={() => onToggle(!isFavorite)}>
      <FavoriteToggleIcon isFavorite={isFavorite} />
    </IconButton>
  );
}
