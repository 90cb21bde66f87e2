import { createRouteRef } from '@callboard/core-plugin-api';

/** The radar's page. */
export const rootRouteRef = createRouteRef({ id: 'tech-radar' });
