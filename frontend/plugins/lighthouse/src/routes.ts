import { createRouteRef, createSubRouteRef } from '@callboard/core-plugin-api';

/** All audited websites. */
export const rootRouteRef = createRouteRef({ id: 'lighthouse' });

/** One audit with its report, among the others of its website. */
export const auditRouteRef = createSubRouteRef({ id: 'lighthouse:audit', parent: rootRouteRef, path: '/audit/:id' });

/** The form that starts an audit; takes `?url=`. */
export const createAuditRouteRef = createSubRouteRef({ id: 'lighthouse:create-audit', parent: rootRouteRef, path: '/create-audit' });

/** Two audits side by side; takes `?base=` and `?other=`. */
export const compareRouteRef = createSubRouteRef({ id: 'lighthouse:compare', parent: rootRouteRef, path: '/compare' });

/** How a website's scores and metrics develop; takes `?url=`. */
export const trendsRouteRef = createSubRouteRef({ id: 'lighthouse:trends', parent: rootRouteRef, path: '/trends' });
