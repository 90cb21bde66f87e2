import { configApiRef, useApi } from '@callboard/core-plugin-api';
import IconButton from '@mui/material/IconButton';
import { Menu, Search } from 'lucide-react';
import { lazy, Suspense, useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useLocation } from 'react-router-dom';
import { useHotkey } from '../lib/hotkeys';
import { classes } from '../lib/classes';
import { useIsPhone } from '../hooks/useMediaQuery';
import { useFolded } from '../sidebar/state';
import { AutoLogout } from '../signIn/AutoLogout';
import { OAuthRequestDialog } from '../signIn/OAuthRequestDialog';
import { useMessages } from '../translation';
import { AlertDisplay } from './AlertDisplay';
import { Announcements } from './Announcements';
import { Brand } from './Brand';
import type { NavigationGroup, NavigationItem } from './navigation';
import { ShellSidebar } from './ShellSidebar';
import { useScrollRestoration } from './useScrollRestoration';
import styles from './shell.module.css';

export type { NavigationGroup, NavigationItem } from './navigation';

// What opens only when somebody asks for it loads then.
const Drawer = lazy(() => import('@mui/material/Drawer'));
const KeyboardHelp = lazy(() => import('./KeyboardHelp').then(m => ({ default: m.KeyboardHelp })));

/** What surrounds every page: sidebar, search, alerts, keyboard. */
export function AppShell(props: {
  navigation: readonly NavigationGroup[];
  /** Entries of the person's menu. */
  personal?: readonly NavigationItem[];
  /** The search dialog; rendered while it is open. */
  renderSearch?(dialog: { onClose(): void }): ReactNode;
  children?: ReactNode;
}) {
  const messages = useMessages();
  const text = messages.shell;
  const { navigation, personal, renderSearch, children } = props;
  const organization = useApi(configApiRef).getOptionalString('organization.name') ?? 'Callboard';
  const [folded] = useFolded();
  const [dialog, setDialog] = useState<'search' | 'keys' | 'menu'>();
  const phone = useIsPhone();
  const online = useOnline();
  const { pathname } = useLocation();
  const close = () => setDialog(undefined);
  useScrollRestoration();

  const openSearch = (event: KeyboardEvent) => {
    if (renderSearch) {
      event.preventDefault();
      setDialog('search');
    }
  };
  useHotkey(['Ctrl+K', '/'], renderSearch ? text.openSearch : '', openSearch);
  useHotkey(['?'], text.showKeys, () => setDialog('keys'));
  // Wherever one goes, the dialog one went from has done its work.
  useEffect(() => close, [pathname]);

  const sidebar = (sheet: boolean) => (
    <ShellSidebar
      navigation={navigation}
      organization={organization}
      narrow={folded && !sheet}
      sheet={sheet}
      personal={personal}
      onSearch={renderSearch && (() => setDialog('search'))}
      onShowKeys={() => setDialog('keys')}
    />
  );

  return (
    <div className={classes(styles.shell, folded && styles.folded)}>
      <a className={styles.skip} href="#content">
        {messages.skipToContent}
      </a>
      {phone ? (
        <header className={styles.topbar}>
          <IconButton aria-label={text.openMenu} onClick={() => setDialog('menu')}>
            <Menu size={18} aria-hidden />
          </IconButton>
          <Brand organization={organization} />
          {renderSearch && (
            <IconButton aria-label={text.search} onClick={() => setDialog('search')}>
              <Search size={18} aria-hidden />
            </IconButton>
          )}
        </header>
      ) : (
        <aside aria-label={organization}>{sidebar(false)}</aside>
      )}
      <main id="content" tabIndex={-1} className={styles.main}>
        {!online && (
          <p className={styles.offline} role="status">
            {text.offline}
          </p>
        )}
        <Announcements />
        {children}
      </main>
      {dialog === 'search' && renderSearch?.({ onClose: close })}
      <Suspense>
        {phone && dialog === 'menu' && (
          <Drawer open onClose={close} slotProps={{ paper: { 'aria-label': text.navigation } }}>
            {sidebar(true)}
          </Drawer>
        )}
        {dialog === 'keys' && <KeyboardHelp open onClose={close} />}
      </Suspense>
      <AlertDisplay />
      <OAuthRequestDialog />
      <AutoLogout />
    </div>
  );
}

function useOnline(): boolean {
  return useSyncExternalStore(
    notify => {
      window.addEventListener('online', notify);
      window.addEventListener('offline', notify);
      return () => {
        window.removeEventListener('online', notify);
        window.removeEventListener('offline', notify);
      };
    },
    () => navigator.onLine,
  );
}
