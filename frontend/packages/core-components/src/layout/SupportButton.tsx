import { configApiRef, useApi } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { LifeBuoy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { AppIcon } from '../components/AppIcon';
import { Link } from '../links/Link';
import { useMessages } from '../translation';
import styles from './layout.module.css';

export interface SupportItemLink {
  url: string;
  title?: string;
}

export interface SupportItem {
  title: string;
  icon?: string;
  links?: readonly SupportItemLink[];
}

/** Who helps, and where. */
export interface SupportConfig {
  url?: string;
  items: readonly SupportItem[];
}

/** What `app.support` in the configuration says; one link to its address where it names nobody. */
export function useSupportConfig(): SupportConfig {
  const messages = useMessages();
  const config = useApi(configApiRef);
  const url = config.getOptionalString('app.support.url');
  const items = config.getOptional<SupportItem[]>('app.support.items') ?? [];
  return { url, items: items.length > 0 || !url ? items : [{ title: messages.support.where, links: [{ url }] }] };
}

/** Says who helps: what stands inside of it, and what `app.support` in the configuration names. */
export function SupportButton(props: { title?: string; items?: readonly SupportItem[]; children?: ReactNode }) {
  const messages = useMessages();
  const configured = useSupportConfig();
  const { title = messages.support.title, items = configured.items, children } = props;
  const [anchor, setAnchor] = useState<HTMLElement>();
  return (
    <>
      <Button
        startIcon={<LifeBuoy size={14} aria-hidden />}
        aria-haspopup="dialog"
        aria-expanded={Boolean(anchor)}
        onClick={event => setAnchor(event.currentTarget)}
      >
        {title}
      </Button>
      <Popover
        open={Boolean(anchor)}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        slotProps={{ paper: { role: 'dialog', 'aria-label': title } }}
      >
        <div className={styles.support}>
          {children && <div>{children}</div>}
          {items.map(({ title: itemTitle, icon, links = [] }) => (
            <section key={itemTitle} className={styles.supportItem}>
              <AppIcon icon={icon ?? 'help'} />
              <div>
                <p>{itemTitle}</p>
                {links.map(link => (
                  <p key={link.url}>
                    <Link to={link.url}>{link.title ?? link.url}</Link>
                  </p>
                ))}
              </div>
            </section>
          ))}
          {!children && items.length === 0 && <p>{messages.support.none}</p>}
        </div>
      </Popover>
    </>
  );
}
