import Dialog from '@mui/material/Dialog';
import IconButton from '@mui/material/IconButton';
import { X } from 'lucide-react';
import { Kbd } from '../components/Tag';
import { useHotkeyList } from '../lib/hotkeys';
import { useMessages } from '../translation';
import styles from './shell.module.css';

/** Lists the keys that do something on the page. */
export function KeyboardHelp({ open, onClose }: { open: boolean; onClose(): void }) {
  const messages = useMessages();
  const hotkeys = useHotkeyList();
  return (
    <Dialog open={open} onClose={onClose} fullWidth maxWidth="xs" aria-labelledby="keyboard-help">
      <div className={styles.dialogHead}>
        <h2 id="keyboard-help">{messages.shell.keys}</h2>
        <IconButton onClick={onClose} aria-label={messages.close}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <dl className={styles.keys}>
        {hotkeys.map(({ keys, description }) => (
          <div key={description} style={{ display: 'contents' }}>
            <dt>{description}</dt>
            <dd>
              {keys.map(key => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
