import { createRouteRef } from '@callboard/core-plugin-api';

/** The page of a person's own settings. */
export const rootRouteRef = createRouteRef({ id: 'user-settings' });
