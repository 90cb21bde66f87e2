import { coreComponentsTranslationRef, Link } from '@callboard/core-components';
import {
  analyticsApiRef,
  createApiFactory,
  createPlugin,
  createRoutableExtension,
  createRouteRef,
  createTranslationRef,
  createTranslationResource,
  defineInstallation,
  defineLanguage,
  definePage,
  useTranslationRef,
} from '@callboard/core-plugin-api';
import { userSettingsTranslationRef } from '@callboard/plugin-user-settings';

// What plugins may bring besides pages, in one: a feature flag and what waits for it, a language, and analytics.

const translationRef = createTranslationRef({
  id: 'plugin.shop',
  messages: { title: 'Shop', welcome: 'Welcome to the shop' },
  translations: { de: async () => ({ title: 'Laden', welcome: 'Willkommen im Laden' }) },
});

const rootRef = createRouteRef({ id: 'shop' });
const plugin = createPlugin({
  id: 'shop',
  routes: { root: rootRef },
  featureFlags: [{ name: 'next-shop' }],
  apis: [createApiFactory(analyticsApiRef, { captureEvent: event => void (window.events ??= []).push(event) })],
});

function Shop() {
  const { t } = useTranslationRef(translationRef);
  return (
    <main>
      <h1>{t('welcome')}</h1>
      <Link to="/catalog">{t('title')}</Link>
    </main>
  );
}
const ShopPage = plugin.provide(createRoutableExtension({ name: 'ShopPage', mountPoint: rootRef, component: async () => Shop }));

export const installation = defineInstallation({
  plugin,
  translation: translationRef,
  extensions: [
    definePage({ path: '/shop', title: 'Shop', featureFlag: 'next-shop', element: <ShopPage /> }),
    defineLanguage({
      language: 'de',
      resources: [
        createTranslationResource({ ref: userSettingsTranslationRef, translations: { de: async () => ({ title: 'Einstellungen', language: { title: 'Sprache' } }) } }),
        createTranslationResource({ ref: coreComponentsTranslationRef, translations: { de: async () => ({ shell: { search: 'Suchen' } }) } }),
      ],
    }),
  ],
});
