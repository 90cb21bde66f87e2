import { createRouteRef, createSubRouteRef } from '@callboard/core-plugin-api';

/** The health of every unit, and the tabs of the rest. */
export const rootRouteRef = createRouteRef({ id: 'admin' });

/** All proxy endpoints. */
export const proxyRouteRef = createSubRouteRef({ id: 'admin:proxy', parent: rootRouteRef, path: '/proxy' });

/** One proxy endpoint; takes `?id=`, which for one of the configuration is its route. */
export const endpointRouteRef = createSubRouteRef({ id: 'admin:endpoint', parent: rootRouteRef, path: '/proxy/endpoint' });

/** The form of an endpoint; takes `?id=` for one that is there already. */
export const endpointFormRouteRef = createSubRouteRef({ id: 'admin:endpoint-form', parent: rootRouteRef, path: '/proxy/edit' });

/** Locations and providers of the catalog. */
export const catalogRouteRef = createSubRouteRef({ id: 'admin:catalog', parent: rootRouteRef, path: '/catalog' });

/** What was changed, by whom and when. */
export const auditRouteRef = createSubRouteRef({ id: 'admin:audit', parent: rootRouteRef, path: '/audit' });
