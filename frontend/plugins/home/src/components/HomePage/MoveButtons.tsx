import IconButton from '@mui/material/IconButton';
import { ArrowLeft, ArrowRight } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { useMessages } from '../../translation';

/** Move a card one place on or back. Whoever does so by keyboard goes on with the card where it is then. */
export function MoveButtons(props: { title: string; place: number; count: number; onMove(place: number): void }) {
  const text = useMessages().arrange;
  const { title, place, count, onMove } = props;
  const earlier = useRef<HTMLButtonElement>(null);
  const later = useRef<HTMLButtonElement>(null);
  const pressed = useRef<'earlier' | 'later'>(undefined);
  useLayoutEffect(() => {
    // In another place of the page the buttons have lost the focus; at an end one of them cannot be pressed any more.
    if (pressed.current) {
      const [wanted, other] = pressed.current === 'earlier' ? [earlier, later] : [later, earlier];
      (wanted.current?.disabled ? other : wanted).current?.focus();
      pressed.current = undefined;
    }
  }, [place]);
  return (
    <>
      <IconButton
        ref={earlier}
        size="small"
        aria-label={text.earlier(title)}
        title={text.earlier(title)}
        disabled={place === 0}
        onClick={() => {
          pressed.current = 'earlier';
          onMove(place - 1);
        }}
      >
        <ArrowLeft size={16} aria-hidden />
      </IconButton>
      <IconButton
        ref={later}
        size="small"
        aria-label={text.later(title)}
        title={text.later(title)}
        disabled={place === count - 1}
        onClick={() => {
          pressed.current = 'later';
          onMove(place + 1);
        }}
      >
        <ArrowRight size={16} aria-hidden />
      </IconButton>
    </>
  );
}
