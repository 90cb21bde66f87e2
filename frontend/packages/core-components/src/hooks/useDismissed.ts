import { useStoredState } from './useStoredState';

const NONE: string[] = [];

/** What a person has put away for good, by the ids of the banners. */
export function useDismissed() {
  const [dismissed, setAll] = useStoredState('notifications', 'dismissedBanners', NONE);
  return {
    isDismissed: (id: string) => dismissed.includes(id),
    setDismissed: (id: string, isDismissed: boolean) =>
      setAll(current => [...current.filter(other => other !== id), ...(isDismissed ? [id] : [])]),
  };
}
