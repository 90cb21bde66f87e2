/** The pages of those who look after the portal. */
export { adminApiRef, type AdminApi } from './api/AdminApi';
export { installation } from './installation';
export { AdminPage, adminPlugin } from './plugin';
export { adminTranslationRef } from './translation';
