import { useStoredState } from '@callboard/core-components';
import { pageKind, useExtensions } from '@callboard/core-plugin-api';
import { useMemo } from 'react';
import type { Visit } from '../lib/visits';

const NONE: Visit[] = [];

/** The pages a person has looked at. */
export function useVisits() {
  const [visits, setVisits] = useStoredState('visits', 'pages', NONE);
  return { visits, setVisits };
}

/** The pages there are. */
export function usePages() {
  const pages = useExtensions(pageKind);
  return useMemo(() => pages.map(({ params }) => params), [pages]);
}
