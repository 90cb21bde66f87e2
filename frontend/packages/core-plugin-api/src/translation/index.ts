export * from './translationApi';
export * from './translationRef';
export * from './useTranslationRef';
