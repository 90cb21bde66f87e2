import { Card, EmptyState, Link, useAnnouncements } from '@callboard/core-components';
import IconButton from '@mui/material/IconButton';
import { AlertTriangle, CircleAlert, Info, Megaphone, RotateCcw, X } from 'lucide-react';
import { useMessages } from '../../translation';
import { Row, Rows } from './Rows';
import { useListSettings } from './useListSettings';
import styles from './cards.module.css';

const icons = { info: Info, warning: AlertTriangle, error: CircleAlert };

/** What whoever runs the portal has to say: first what the person has not put away, then what they may take out again. */
export function AnnouncementsCard() {
  const text = useMessages().announcements;
  const { rows } = useListSettings();
  const announcements = useAnnouncements();
  const unread = announcements.filter(({ isRead }) => !isRead);
  const shown = [...unread, ...announcements.filter(({ isRead }) => isRead)].slice(0, rows);
  return (
    <Card title={text.title} count={unread.length} flush>
      {shown.length === 0 ? (
        <EmptyState icon={Megaphone} title={text.none} description={text.noneText} />
      ) : (
        <Rows>
          {shown.map(({ announcement: { id, message, severity = 'info', url }, isRead, setRead }) => {
            const Icon = icons[severity];
            const Turn = isRead ? RotateCcw : X;
            const turn = isRead ? text.unread(message) : text.read(message);
            return (
              <Row
                key={id}
                fact={
                  <IconButton aria-label={turn} title={turn} onClick={() => setRead(!isRead)}>
                    <Turn size={14} aria-hidden />
                  </IconButton>
                }
              >
                <p className={styles.announcement} data-severity={severity} data-read={isRead}>
                  <Icon size={16} aria-hidden className={styles.icon} />
                  <span>
                    {message} {url && <Link to={url}>{text.more}</Link>}
                  </span>
                </p>
              </Row>
            );
          })}
        </Rows>
      )}
    </Card>
  );
}
