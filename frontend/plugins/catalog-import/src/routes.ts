import { createRouteRef } from '@callboard/core-plugin-api';

/** The page to register a component on. */
export const rootRouteRef = createRouteRef({ id: 'catalog-import' });
