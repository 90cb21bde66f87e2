import Tooltip from '@mui/material/Tooltip';
import { useCallback, useState, type ReactNode } from 'react';
import styles from './text.module.css';

/** Text cut to some lines; the whole of it on hover, where it was cut. */
export function OverflowTooltip(props: { text?: ReactNode; title?: ReactNode; line?: number; placement?: 'top' | 'bottom' | 'left' | 'right' }) {
  const { text, title = text, line = 1, placement = 'bottom' } = props;
  const [isCut, setIsCut] = useState(false);
  const measure = useCallback((element: HTMLElement | null) => {
    const observer = new ResizeObserver(() =>
      setIsCut(
        element !== null &&
          (element.scrollHeight > element.clientHeight + 1 || element.scrollWidth > element.clientWidth + 1),
      ),
    );
    if (element) {
      observer.observe(element);
    }
    return () => observer.disconnect();
  }, []);
  return (
    <Tooltip title={isCut ? title : ''} placement={placement}>
      <span
        className={styles.cut}
        style={{ WebkitLineClamp: line }}
        ref={measure}
      >
        {text}
      </span>
    </Tooltip>
  );
}
