import { configApiRef, useApi } from '@callboard/core-plugin-api';
import { useDismissed } from './useDismissed';
import { useNow } from './useNow';

/** What whoever runs the portal has to say, from `app.announcements` in its configuration. */
export interface Announcement {
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

/** The announcements that hold now, each with whether the person has put it away. */
export function useAnnouncements(): { announcement: Announcement; isRead: boolean; setRead(isRead: boolean): void }[] {
  const configured = useApi(configApiRef).getOptional<unknown>('app.announcements');
  const { isDismissed, setDismissed } = useDismissed();
  const now = useNow(MINUTE_MS).getTime();
  return (Array.isArray(configured) ? configured : [])
    .filter(isAnnouncement)
    .filter(({ from, until }) => {
      const [begin, end] = [Date.parse(from ?? ''), Date.parse(until ?? '')];
      return !(begin > now) && !(end <= now);
    })
    .map(announcement => {
      const id = bannerOf(announcement);
      return { announcement, isRead: isDismissed(id), setRead: isRead => setDismissed(id, isRead) };
    });
}

/** What the banner of an announcement is remembered by. */
export function bannerOf({ id }: Announcement): string {
  return `announcement:${id}`;
}

function isAnnouncement(value: unknown): value is Announcement {
  const { id, message, severity } = (value ?? {}) as Partial<Announcement>;
  return (
    typeof id === 'string' && typeof message === 'string' && [undefined, 'info', 'warning', 'error'].includes(severity)
  );
}
