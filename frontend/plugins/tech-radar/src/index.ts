/** The technology radar: what the organisation uses, tries, watches and leaves. */
export * from './api/techRadarApi';
export * from './installation';
export * from './plugin';
export type * from '@callboard/plugin-tech-radar-common';
export { techRadarTranslationRef } from './translation';
