import { configApiRef, useApi } from '@callboard/core-plugin-api';
import Button from '@mui/material/Button';
import Popover from '@mui/material/Popover';
import { LifeBuoy } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { AppIcon } from '../components/AppIcon';
import { Link } from '../links/Link';
import { useMessages } from '../translation';
import styles from './layout.module.css';

export interface SupportItem {
  title: string;
  icon?: string;
  links?: readonly { url: string; title?: string }[];
}

/** Says who helps: what stands inside of it, and what `app.support` in the configuration names. */
export function SupportButton(props: { title?: string; items?: readonly SupportItem[]; children?: ReactNode }) {
  const messages = useMessages();
  const { title = messages.support.title, items, children } = props;
  const config = useApi(configApiRef);
  const [anchor, setAnchor] = useState<HTMLElement>();
  const configured = config.getOptional<SupportItem[]>('app.support.items') ?? [];
  const url = config.getOptionalString('app.support.url');
  const shown = items ?? (configured.length > 0 || !url ? configured : [{ title: messages.support.where, links: [{ url }] }]);
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
          {shown.map(({ title: itemTitle, icon, links = [] }) => (
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
          {!children && shown.length === 0 && <p>{messages.support.none}</p>}
        </div>
      </Popover>
    </>
  );
}
