import { createRouteRef } from '@callboard/core-plugin-api';

/** The page that lists what is installed. */
export const rootRouteRef = createRouteRef({ id: 'plugins' });
