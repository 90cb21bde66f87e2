import { beginEarly } from '@callboard/core-app-api/begin';
import { entityLead, indexHeading } from '@callboard/plugin-catalog-react/begin';

/** What of the page is known before the app is there. Loaded ahead of the app; see `build/firstPaint.ts`. */
export const { heading, answer } = beginEarly([
  {
    extension: 'page:catalog',
    address: /^\/catalog\/?$/,
    heading: (_, { initialKind }) => {
      const text = indexHeading(window.location.search, typeof initialKind === 'string' ? initialKind : undefined);
      return text ? { text } : undefined;
    },
  },
  {
    extension: 'page:catalog/entity',
    address: /^\/catalog\/([^/]+)\/([^/]+)\/([^/]+)\/?$/,
    heading: ([, , , name = '']) => ({ text: decodeURIComponent(name), isNested: true }),
    request: ([, namespace = '', kind = '', name = '']) => ({
      path: '/api/catalog/entities/by-refs',
      body: { entityRefs: [decodeURIComponent(`${kind}:${namespace}/${name}`).toLowerCase()] },
    }),
    answered: entityLead,
  },
]);
