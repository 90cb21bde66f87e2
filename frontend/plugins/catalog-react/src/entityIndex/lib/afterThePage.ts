import type { QueryClient } from '@tanstack/react-query';

/** Where the rows of the table are kept; see `useIndexPage`. */
export const PAGE_KEY = ['catalog', 'page'] as const;

/** Rows that take longer keep nothing else waiting, or both would come late. */
const LONGEST_MS = 250;

/**
 * Until the rows of the table are on the screen. What is counted beside them is asked in many requests, and what a browser
 * does for those, and then with their answers, would delay the rows.
 */
export function afterThePage(queryClient: QueryClient): Promise<void> {
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(limit);
      unsubscribe();
      resolve();
    };
    const look = () => {
      if (queryClient.isFetching({ queryKey: PAGE_KEY }) === 0) {
        unsubscribe();
        // What has arrived is drawn for the next frame.
        requestAnimationFrame(() => setTimeout(done));
      }
    };
    const limit = setTimeout(done, LONGEST_MS);
    const unsubscribe = queryClient.getQueryCache().subscribe(look);
    // The rows may be asked for by whoever is drawn last.
    setTimeout(look);
  });
}
