export * from './createMessages';
export * from './translationApi';
export * from './translationRef';
export * from './useInstalledTexts';
export * from './useTranslationRef';
