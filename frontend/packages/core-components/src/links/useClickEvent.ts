import { useAnalytics } from '@callboard/core-plugin-api';
import type { MouseEvent, MouseEventHandler } from 'react';

export interface ClickEventOptions {
  onClick?: MouseEventHandler<HTMLAnchorElement>;
  /** Keeps the click from analytics. */
  noTrack?: boolean;
  /** Which of the results of a search the link leads to, from 1; analytics are told. */
  rank?: number;
}

/** What a link does when it is clicked: what it is told to, and then analytics are told of it. */
export function useClickEvent(to: string, { onClick, noTrack, rank }: ClickEventOptions): (event: MouseEvent<HTMLAnchorElement>) => void {
  const analytics = useAnalytics();
  return event => {
    onClick?.(event);
    if (!noTrack) {
      analytics.captureEvent('click', event.currentTarget.textContent?.trim() || to, { ...(rank !== undefined && { value: rank }), attributes: { to } });
    }
  };
}
