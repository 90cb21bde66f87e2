import type { IconOrName } from '@callboard/core-plugin-api';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { use, useState, type ReactNode } from 'react';
import { AppIcon } from '../components/AppIcon';
import { classes } from '../lib/classes';
import styles from '../shell/shell.module.css';
import { useMessages } from '../translation';
import { Hint, SidebarItem } from './SidebarItem';
import { SidebarContext, useFolded } from './state';
import { useIsPhone } from '../hooks/useMediaQuery';

/** A line between entries. */
export function SidebarDivider() {
  return <hr className={styles.sidebarDivider} />;
}

/** Takes what room there is, so that what follows stands at the foot. */
export function SidebarSpace() {
  return <div className={styles.sidebarSpace} />;
}

/** A little room between entries. */
export function SidebarSpacer() {
  return <div className={styles.sidebarSpacer} />;
}

/** Entries that scroll by themselves where there are more than fit. */
export function SidebarScrollWrapper({ className, children }: { className?: string; children?: ReactNode }) {
  return <div className={classes(styles.sidebarScroll, className)}>{children}</div>;
}

/** Folds the sidebar to its icons, and unfolds it. A phone's has no use for that. */
export function SidebarExpandButton() {
  const text = useMessages().shell;
  const { narrow } = use(SidebarContext);
  const [folded, setFolded] = useFolded();
  const phone = useIsPhone();
  if (phone) {
    return undefined;
  }
  const Icon = narrow ? PanelLeftOpen : PanelLeftClose;
  return (
    <Hint narrow={narrow} title={text.unfold}>
      <button type="button" className={styles.item} onClick={() => setFolded(!folded)}>
        <Icon size={16} aria-hidden />
        <span className={styles.label}>{narrow ? text.unfold : text.fold}</span>
      </button>
    </Hint>
  );
}

/** A field for what to search for; Enter searches. A folded sidebar has a way to the page of searches in its place. */
export function SidebarSearchField(props: { onSearch(input: string): void; to?: string; icon?: IconOrName }) {
  const { onSearch, to = '/search', icon = 'search' } = props;
  const text = useMessages().shell;
  const { narrow } = use(SidebarContext);
  const [input, setInput] = useState('');
  if (narrow) {
    return <SidebarItem text={text.search} icon={icon} to={to} />;
  }
  return (
    <form
      role="search"
      className={classes(styles.item, styles.search)}
      onSubmit={event => {
        event.preventDefault();
        onSearch(input);
        setInput('');
      }}
    >
      <AppIcon icon={icon} />
      <input
        className={styles.searchField}
        type="search"
        aria-label={text.search}
        placeholder={text.search}
        maxLength={200}
        value={input}
        onChange={event => setInput(event.target.value)}
      />
    </form>
  );
}
