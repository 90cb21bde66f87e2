import { createRouteRef } from '@callboard/core-plugin-api';

/** All APIs. */
export const rootRouteRef = createRouteRef({ id: 'api-docs' });
