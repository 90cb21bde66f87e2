import { lazy, Suspense, useEffect, useState, type ReactNode } from 'react';

// It shows what one rests on, which is seldom.
const PeekAheadCard = lazy(() => import('./PeekAheadCard').then(m => ({ default: m.PeekAheadCard })));

const DELAY_MS = 500;

export interface EntityPeekAheadPopoverProps {
  entityRef: string;
  delayTime?: number;
  children?: ReactNode;
}

/** Shows what an entity is where the pointer or the focus rests on what stands for it, such as its link. */
export function EntityPeekAheadPopover(props: EntityPeekAheadPopoverProps) {
  const { entityRef, delayTime = DELAY_MS, children } = props;
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!anchor) {
      return undefined;
    }
    const timer = setTimeout(() => setShown(true), delayTime);
    const leave = (event: KeyboardEvent) => event.key === 'Escape' && setAnchor(undefined);
    document.addEventListener('keydown', leave);
    return () => {
      clearTimeout(timer);
      setShown(false);
      document.removeEventListener('keydown', leave);
    };
  }, [anchor, delayTime]);
  return (
    <span
      role="presentation"
      onPointerEnter={event => setAnchor(event.currentTarget)}
      onPointerLeave={() => setAnchor(undefined)}
      onFocus={event => setAnchor(event.currentTarget)}
      onBlur={() => setAnchor(undefined)}
    >
      {children}
      {isShown && anchor && (
        <Suspense>
          <PeekAheadCard entityRef={entityRef} anchor={anchor} />
        </Suspense>
      )}
    </span>
  );
}
