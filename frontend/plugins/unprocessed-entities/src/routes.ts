import { createRouteRef } from '@callboard/core-plugin-api';

/** The page of what the catalog could not process. */
export const rootRouteRef = createRouteRef({ id: 'unprocessed-entities' });
