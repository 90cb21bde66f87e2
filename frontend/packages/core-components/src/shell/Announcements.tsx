import { configApiRef, useApi } from '@callboard/core-plugin-api';
import { Link } from '../components/Link';
import { DismissableBanner } from '../feedback/DismissableBanner';
import { useMessages } from '../translation';
import { useNow } from '../lib/useNow';

/** What whoever runs the portal has to say, from `app.announcements` in its configuration. */
interface Announcement {
  id: string;
  message: string;
  severity?: 'info' | 'warning' | 'error';
  /** Where more is to be read. */
  url?: string;
  /** When it begins and ends, as ISO dates; always where there is none. */
  from?: string;
  until?: string;
}

const MINUTE_MS = 60_000;

/** The announcements that hold now and that the person has not put away. */
export function Announcements() {
  const messages = useMessages();
  const configured = useApi(configApiRef).getOptional<unknown>('app.announcements');
  const now = useNow(MINUTE_MS).getTime();
  const shown = (Array.isArray(configured) ? configured : []).filter(isAnnouncement).filter(({ from, until }) => {
    const [begin, end] = [Date.parse(from ?? ''), Date.parse(until ?? '')];
    return !(begin > now) && !(end <= now);
  });
  return shown.map(({ id, message, severity, url }) => (
    <DismissableBanner
      key={id}
      id={`announcement:${id}`}
      variant={severity}
      message={
        <>
          {message} {url && <Link to={url}>{messages.shell.more}</Link>}
        </>
      }
    />
  ));
}

function isAnnouncement(value: unknown): value is Announcement {
  const { id, message, severity } = (value ?? {}) as Partial<Announcement>;
  return (
    typeof id === 'string' && typeof message === 'string' && [undefined, 'info', 'warning', 'error'].includes(severity)
  );
}
