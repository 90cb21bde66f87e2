import { createRouteRef } from '@callboard/core-plugin-api';

/** The page that searches. */
export const rootRouteRef = createRouteRef({ id: 'search' });
