import { classes } from '@callboard/core-components';
import IconButton from '@mui/material/IconButton';
import { GripVertical, Maximize2, Minimize2, Pin, Settings2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useMessages } from '../../translation';
import styles from './HomePage.module.css';
import { MoveButtons } from './MoveButtons';

/** A card while a person arranges their page: it is moved by dragging or by buttons, and does nothing else meanwhile. */
export function ArrangedCard(props: {
  title: string;
  place: number;
  count: number;
  /** Neither moved nor taken away. */
  fixed?: boolean;
  wide: boolean;
  /** Whether another card is dragged over it. */
  isTarget: boolean;
  onMove(place: number): void;
  onWide(): void;
  onRemove(): void;
  /** Absent where there is nothing to set up. */
  onSetUp?(): void;
  onDrag(step: 'start' | 'over' | 'drop' | 'end'): void;
  children: ReactNode;
}) {
  const text = useMessages().arrange;
  const { title, place, count, fixed = false, wide, isTarget, onMove, onWide, onRemove, onSetUp, onDrag, children } = props;
  const button = (label: string, icon: ReactNode, onClick: () => void) => (
    <IconButton size="small" aria-label={label} title={label} onClick={onClick}>
      {icon}
    </IconButton>
  );
  return (
    // Its buttons do the same for whoever does not drag.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <li
      className={classes(styles.arranged, wide && styles.wide, isTarget && styles.target)}
      draggable={!fixed}
      onDragStart={event => {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', title);
        onDrag('start');
      }}
      onDragOver={event => {
        if (fixed) {
          return;
        }
        event.preventDefault();
        onDrag('over');
      }}
      onDrop={event => {
        event.preventDefault();
        onDrag('drop');
      }}
      onDragEnd={() => onDrag('end')}
    >
      <div className={styles.handle}>
        {fixed ? <Pin size={16} aria-hidden /> : <GripVertical size={16} aria-hidden />}
        <span className={styles.handleTitle}>{title}</span>
        {onSetUp && button(text.settings(title), <Settings2 size={16} aria-hidden />, onSetUp)}
        {fixed ? (
          <span className={styles.hint}>{text.fixed}</span>
        ) : (
          <>
            <MoveButtons title={title} place={place} count={count} onMove={onMove} />
            {wide
              ? button(text.narrow(title), <Minimize2 size={16} aria-hidden />, onWide)
              : button(text.wide(title), <Maximize2 size={16} aria-hidden />, onWide)}
            {button(text.remove(title), <X size={16} aria-hidden />, onRemove)}
          </>
        )}
      </div>
      <div inert>{children}</div>
    </li>
  );
}
