export * from './AutoLogout';
export * from './OAuthRequestDialog';
export * from './ProxiedSignInPage';
export * from './SignInPage';
export { UserIdentity } from './UserIdentity';
export { coreSignInTranslationRef } from './translation';
