import { identityApiRef, useApi } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import { useEffect, useState } from 'react';
import { TitledDialog } from '../dialogs/TitledDialog';
import { useMessages } from './translation';

/** When the person was last seen in any tab, as milliseconds. */
const LAST_SEEN = 'callboard.lastSeen';
const SIGNS_OF_LIFE = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;
const CHECK_MS = 1000;

const lastSeen = () => Number(localStorage.getItem(LAST_SEEN) ?? Date.now());
const seen = () => localStorage.setItem(LAST_SEEN, String(Date.now()));

/** Looks for signs of the person, in all tabs, and signs them out when there are none. */
export function IdleWatch({ idleMs, promptMs, alsoAway }: { idleMs: number; promptMs: number; alsoAway: boolean }) {
  const text = useMessages().autoLogout;
  const identityApi = useApi(identityApiRef);
  const [secondsLeft, setSecondsLeft] = useState<number>();
  const isAsked = secondsLeft !== undefined;

  // Timers of hidden tabs may stand still, so time is told by the clock.
  useEffect(() => {
    let hasLeft = false;
    if (!alsoAway) {
      seen();
    }
    const check = () => {
      const left = lastSeen() + idleMs - Date.now();
      if (left <= 0 && !hasLeft) {
        hasLeft = true;
        localStorage.removeItem(LAST_SEEN);
        void identityApi.signOut();
      } else if (!hasLeft) {
        setSecondsLeft(left <= promptMs ? Math.ceil(left / 1000) : undefined);
      }
    };
    check();
    const timer = setInterval(check, CHECK_MS);
    return () => clearInterval(timer);
  }, [idleMs, promptMs, alsoAway, identityApi]);

  // Once asked, only an answer counts.
  useEffect(() => {
    if (isAsked) {
      return undefined;
    }
    if (localStorage.getItem(LAST_SEEN) === null) {
      seen();
    }
    let last = 0;
    const notice = () => {
      if (Date.now() - last > CHECK_MS) {
        last = Date.now();
        seen();
      }
    };
    SIGNS_OF_LIFE.forEach(sign => window.addEventListener(sign, notice, { passive: true }));
    return () => SIGNS_OF_LIFE.forEach(sign => window.removeEventListener(sign, notice));
  }, [isAsked]);

  const stay = () => {
    seen();
    setSecondsLeft(undefined);
  };
  return isAsked ? (
    <TitledDialog
      title={text.title}
      maxWidth="xs"
      onClose={stay}
      actions={
        <Button variant="contained" color="primary" onClick={stay}>
          {text.stay}
        </Button>
      }
    >
      <p>{text.text(secondsLeft)}</p>
    </TitledDialog>
  ) : undefined;
}
