import { useEffect, useState, type RefObject } from 'react';

/** Shows an element alone on the screen. Undefined where the browser cannot. */
export function useFullScreen(element: RefObject<HTMLElement | null>): { isOn: boolean; toggle(): void } | undefined {
  const [isOn, setOn] = useState(false);
  useEffect(() => {
    const look = () => setOn(document.fullscreenElement !== null && document.fullscreenElement === element.current);
    document.addEventListener('fullscreenchange', look);
    return () => document.removeEventListener('fullscreenchange', look);
  }, [element]);
  if (!document.fullscreenEnabled) {
    return undefined;
  }
  // A browser that refuses leaves everything as it is.
  const toggle = () => void (isOn ? document.exitFullscreen() : element.current?.requestFullscreen())?.catch(() => undefined);
  return { isOn, toggle };
}
