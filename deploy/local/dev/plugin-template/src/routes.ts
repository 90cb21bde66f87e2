import { createRouteRef } from '@callboard/core-plugin-api';

/** The plugin's page. */
export const rootRouteRef = createRouteRef({ id: '{{id}}' });
