import { useMessages } from '../translation';
import styles from './components.module.css';

/** A thin bar that shows only when something takes longer than a glance. */
export function Progress() {
  const messages = useMessages();
  return <div className={styles.progress} role="progressbar" aria-label={messages.loading} data-testid="progress" />;
}

/** Takes the place, and has the size, of text that is on its way. */
export function Skeleton({ width = '100%', height = 12 }: { width?: number | string; height?: number | string }) {
  return <span className={styles.skeleton} style={{ width, height }} aria-hidden />;
}

/** Takes the place of a whole part that is on its way, and says that it is. */
export function LoadingBlock(props: { width?: number | string; height?: number | string }) {
  const messages = useMessages();
  return (
    <div role="progressbar" aria-label={messages.loading}>
      <Skeleton {...props} />
    </div>
  );
}
