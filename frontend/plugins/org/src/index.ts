/** Who is who: groups, people, and what they own. */
export * from './installation';
export * from './plugin';
export { orgTranslationRef } from './translation';
