/** What a plugin needs to be one: APIs, routes, extensions. Import this, never `core-app-api`, from a plugin. */
export * from './apis';
export * from './app/useApp';
export * from './extensions';
export * from './installation';
export * from './lib/observable';
export * from './plugin/createPlugin';
export * from './routing';
export * from './translation';
/** The name plugin authors know the type by. */
export type { CallboardPlugin as BackstagePlugin } from './plugin/createPlugin';
export type { UserIdentity as BackstageUserIdentity } from './apis/definitions/identity';
