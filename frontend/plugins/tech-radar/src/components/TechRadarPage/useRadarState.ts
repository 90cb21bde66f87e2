import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import { MOVEMENTS, type RadarFilter } from '../../lib/radarEntries';

/** What the page shows, kept in the URL. */
export interface RadarState extends RadarFilter {
  view: 'radar' | 'table';
  /** Which of several radars. */
  radar: string | undefined;
  /** The id of the entry that is open. */
  entry: string | undefined;
}

/** The page's state and a way to change part of it. Typing replaces the address, so that going back leaves the page. */
export function useRadarState(): [RadarState, (change: Partial<RadarState>) => void] {
  const [params, setParams] = useSearchParams();
  const state = useMemo<RadarState>(
    () => ({
      text: params.get('q') ?? '',
      quadrant: params.get('quadrant') ?? undefined,
      movement: MOVEMENTS.find(one => one === params.get('moved')),
      view: params.get('view') === 'table' ? 'table' : 'radar',
      radar: params.get('radar') ?? undefined,
      entry: params.get('entry') ?? undefined,
    }),
    [params],
  );
  const change = useCallback(
    (part: Partial<RadarState>) => {
      const { text, quadrant, movement, view, radar, entry } = { ...state, ...part };
      const next = new URLSearchParams(params);
      const put = (key: string, value: string | undefined) => (value ? next.set(key, value) : next.delete(key));
      put('q', text);
      put('quadrant', quadrant);
      put('moved', movement);
      put('view', view === 'table' ? view : undefined);
      put('radar', radar);
      put('entry', entry);
      setParams(next, { replace: part.text !== undefined || (part.entry !== undefined && state.entry !== undefined) });
    },
    [state, params, setParams],
  );
  return [state, change];
}
