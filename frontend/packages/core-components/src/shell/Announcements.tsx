import { Link } from '../links/Link';
import { DismissableBanner } from '../feedback/DismissableBanner';
import { bannerOf, useAnnouncements } from '../hooks/useAnnouncements';
import { useMessages } from '../translation';

/** The announcements that hold now and that the person has not put away. */
export function Announcements() {
  const messages = useMessages();
  return useAnnouncements().map(({ announcement }) => (
    <DismissableBanner
      key={announcement.id}
      id={bannerOf(announcement)}
      variant={announcement.severity}
      message={
        <>
          {announcement.message} {announcement.url && <Link to={announcement.url}>{messages.shell.more}</Link>}
        </>
      }
    />
  ));
}
