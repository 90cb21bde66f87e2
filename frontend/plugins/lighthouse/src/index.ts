/** Lighthouse audits of websites. */
export * from './api/LighthouseApi';
export { LighthouseClient } from './api/LighthouseClient';
export type * from './api/types';
export * from './installation';
export { isLighthouseAvailable, LIGHTHOUSE_ANNOTATION } from './lib/websites';
export * from './plugin';
export { lighthouseTranslationRef } from './translation';
