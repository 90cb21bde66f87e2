import { beginEarly } from '@callboard/core-app-api/begin';

/** Loaded before the app; see `build/firstPaint.ts`. Where configuration has moved the page, nothing is read ahead. */
beginEarly([
  {
    address: /\/catalog\/([^/]+)\/([^/]+)\/([^/]+)\/?$/,
    request: ([, namespace = '', kind = '', name = '']) => ({
      path: '/api/catalog/entities/by-refs',
      body: { entityRefs: [decodeURIComponent(`${kind}:${namespace}/${name}`).toLowerCase()] },
    }),
  },
]);
