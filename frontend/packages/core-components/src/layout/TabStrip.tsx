import { useEffect, useRef, type ComponentProps, type ReactNode } from 'react';
import { NavLink, useLocation } from 'react-router-dom';
import { useMessages } from '../translation';
import styles from './layout.module.css';

/** The parts of a page, below its head. Its children are `TabStripLink`s and `TabStripButton`s. */
export function TabStrip({ label, children }: { label?: string; children?: ReactNode }) {
  const { tabs } = useMessages();
  const { pathname } = useLocation();
  const strip = useRef<HTMLElement>(null);
  useEffect(() => {
    if (strip.current) {
      scrollToCurrent(strip.current);
    }
  }, [pathname]);
  return (
    <nav ref={strip} className={styles.tabStrip} aria-label={label ?? tabs}>
      {children}
    </nav>
  );
}

/** So much of what is next to it comes along. */
const PEEK = 32;

/** Brings the part that is open into view where not all of them fit. The page itself stays where it is. */
function scrollToCurrent(strip: HTMLElement) {
  const current = strip.querySelector('[aria-current="page"]')?.getBoundingClientRect();
  const visible = strip.getBoundingClientRect();
  if (!current) {
    return;
  }
  if (current.left < visible.left) {
    strip.scrollLeft += current.left - visible.left - PEEK;
  } else if (current.right > visible.right) {
    strip.scrollLeft += current.right - visible.right + PEEK;
  }
}

/** A part of a page, with a path of its own. */
export function TabStripLink(props: Omit<ComponentProps<typeof NavLink>, 'className'>) {
  return <NavLink {...props} className={styles.tab} />;
}

/** Looks like a part of a page, and does something else, such as opening a menu of them. */
export function TabStripButton(props: Omit<ComponentProps<'button'>, 'className' | 'type'>) {
  return <button type="button" className={styles.tab} {...props} />;
}
