import { beginEarly } from '@callboard/core-app-api/begin';

/** Loaded before the app; see `build/firstPaint.ts`. Where configuration has moved the page, nothing is read ahead. */
beginEarly([
  {
    address: /\/catalog\/([^/]+)\/([^/]+)\/([^/]+)\/?$/,
    path: ([, namespace = '', kind = '', name = '']) =>
      `/api/catalog/entities/by-name/${[kind, namespace, name].map(part => part.toLowerCase()).join('/')}`,
  },
]);
