import { configApiRef, useApi } from '@callboard/core-plugin-api';
import IconButton from '@mui/material/IconButton';
import { Menu } from 'lucide-react';
import { createContext, lazy, Suspense, use, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { useLocation } from 'react-router-dom';
import { classes } from '../lib/classes';
import { useIsPhone } from '../hooks/useMediaQuery';
import { Brand } from '../shell/Brand';
import styles from '../shell/shell.module.css';
import { useScrollRestoration } from '../shell/useScrollRestoration';
import { useMessages } from '../translation';
import { byPriority } from './SidebarGroup';
import { SidebarContext, useFolded } from './state';

const Drawer = lazy(() => import('@mui/material/Drawer'));

/** Where the sidebar goes, wherever in the page an app has put it. */
const Place = createContext<HTMLElement | null>(null);
const Focus = createContext<() => void>(() => undefined);

/** What surrounds every page of an app that draws its navigation itself: its `Sidebar` to the left, everything else beside it. */
export function SidebarPage({ children }: { children?: ReactNode }) {
  const messages = useMessages();
  const organization = useApi(configApiRef).getOptionalString('organization.name') ?? 'Callboard';
  const [folded] = useFolded();
  const [place, setPlace] = useState<HTMLElement | null>(null);
  const main = useRef<HTMLElement>(null);
  useScrollRestoration();
  return (
    <div className={classes(styles.shell, folded && styles.folded)}>
      <a className={styles.skip} href="#content">
        {messages.skipToContent}
      </a>
      <aside ref={setPlace} aria-label={organization} />
      <main ref={main} id="content" tabIndex={-1} className={styles.main}>
        <Place value={place}>
          <Focus value={() => main.current?.focus()}>{children}</Focus>
        </Place>
      </main>
    </div>
  );
}

/** The app's navigation: a column, and on phones a sheet that opens from the head of the page. */
export function Sidebar({ children }: { children?: ReactNode }) {
  const place = use(Place);
  const phone = useIsPhone();
  const [folded] = useFolded();
  const narrow = folded && !phone;
  const sidebar = phone ? (
    <PhoneSidebar>{children}</PhoneSidebar>
  ) : (
    <Column narrow={narrow} className={narrow ? styles.narrow : undefined}>
      {children}
    </Column>
  );
  return place ? createPortal(sidebar, place) : undefined;
}

/** Puts the focus on the page, beside the sidebar. */
export function useContent(): { focusContent(): void } {
  return { focusContent: use(Focus) };
}

function Column({ narrow, className, children }: { narrow: boolean; className?: string; children?: ReactNode }) {
  const text = useMessages().shell;
  return (
    <SidebarContext value={{ narrow, label: '' }}>
      <nav aria-label={text.navigation} className={classes(styles.sidebar, styles.composed, className)}>
        {children}
      </nav>
    </SidebarContext>
  );
}

function PhoneSidebar({ children }: { children?: ReactNode }) {
  const text = useMessages().shell;
  const organization = useApi(configApiRef).getOptionalString('organization.name') ?? 'Callboard';
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string>();
  // Wherever one goes, the sheet has done its work.
  const isOpen = openAt === pathname;
  const close = () => setOpenAt(undefined);
  return (
    <div className={styles.topbar}>
      <IconButton aria-label={text.openMenu} onClick={() => setOpenAt(pathname)}>
        <Menu size={18} aria-hidden />
      </IconButton>
      <Brand organization={organization} />
      <Suspense>
        {isOpen && (
          <Drawer open onClose={close} slotProps={{ paper: { 'aria-label': text.navigation } }}>
            <Column narrow={false} className={styles.sheet}>
              {byPriority(children)}
            </Column>
          </Drawer>
        )}
      </Suspense>
    </div>
  );
}
