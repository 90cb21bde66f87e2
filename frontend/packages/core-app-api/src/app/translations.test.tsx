import {
  appLanguageApiRef,
  createPlugin,
  createTranslationMessages,
  createTranslationRef,
  createTranslationResource,
  defineInstallation,
  defineLanguage,
  useApi,
  useInstalledTexts,
  useTranslationRef,
} from '@callboard/core-plugin-api';
import { renderInTestApp } from '@callboard/test-utils';
import { act, screen } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import { createApp } from './createApp';

const shopRef = createTranslationRef({
  id: 'plugin.shop',
  messages: {
    title: 'Shop',
    greeting: 'Welcome, {{name}}',
    items_one: '{{count}} item',
    items_other: '{{count}} items',
    form: { submit: 'Buy', price: (amount: number) => `for ${amount} euros` },
  },
  translations: { de: async () => ({ default: { title: 'Laden', form: { submit: 'Kaufen' } } }) },
});

const czech = createTranslationResource({
  ref: shopRef,
  translations: { cs: async () => ({ title: 'Obchod', items_few: '{{count}} kusy', form: { price: (amount: number) => `za ${amount} eur` } }) },
});

function Shop() {
  const { t, messages } = useTranslationRef(shopRef);
  return (
    <>
      <h1>{t('title')}</h1>
      <p>{[t('greeting', { name: 'Ada' }), t('items', { count: 1 }), t('items', { count: 3 })].join('; ')}</p>
      <button type="button">
        {t('form.submit')} {messages.form.price(5)}
      </button>
      <Languages />
    </>
  );
}

function Titles() {
  const textOf = useInstalledTexts();
  return (
    <>
      <p>{[textOf('Broken'), textOf('Shop')].join(', ')}</p>
      <Languages />
    </>
  );
}

function Languages() {
  const languageApi = useApi(appLanguageApiRef);
  return languageApi.getAvailableLanguages().languages.map(language => (
    <button key={language} type="button" onClick={() => languageApi.setLanguage(language)}>
      {language}
    </button>
  ));
}

const choose = (language: string) => act(() => screen.getByRole('button', { name: language }).click());

describe('the texts of a plugin', () => {
  beforeEach(() => localStorage.clear());

  it('are those that it brings, filled in and in the right number', async () => {
    renderInTestApp(<Shop />);
    expect(await screen.findByRole('heading', { name: 'Shop' })).toBeTruthy();
    expect(screen.getByText('Welcome, Ada; 1 item; 3 items')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Buy for 5 euros' })).toBeTruthy();
  });

  it('are in the chosen language as far as it has them, and stay so', async () => {
    const translations = { availableLanguages: ['en', 'de', 'cs'], resources: [czech] };
    const { unmount } = renderInTestApp(<Shop />, { translations });
    await screen.findByRole('heading', { name: 'Shop' });
    choose('de');
    expect(await screen.findByRole('heading', { name: 'Laden' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Kaufen for 5 euros' })).toBeTruthy();
    choose('cs');
    expect(await screen.findByText('Welcome, Ada; 1 item; 3 kusy')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Buy za 5 eur' })).toBeTruthy();
    expect(document.documentElement.lang).toBe('cs');
    unmount();
    renderInTestApp(<Shop />, { translations });
    expect(await screen.findByRole('heading', { name: 'Obchod' })).toBeTruthy();
  });

  it('may have points in their names, and languages written so', async () => {
    const messages = { 'page.title': 'Ledger', 'page.lead': 'Every euro', form: { send: { label: 'Send' } } };
    const ref = createTranslationRef({ id: 'plugin.ledger', messages });
    const german = createTranslationMessages({ ref, messages: { 'page.title': 'Hauptbuch', 'page.lead': null, 'form.send.label': 'Senden' } });
    const resources = [createTranslationResource({ ref, translations: { de: async () => ({ default: german }) } })];
    function Ledger() {
      const { t } = useTranslationRef(ref);
      return (
        <>
          <h1>{[t('page.title'), t('page.lead'), t('form.send.label')].join(', ')}</h1>
          <Languages />
        </>
      );
    }
    renderInTestApp(<Ledger />, { translations: { availableLanguages: ['en', 'de'], resources } });
    expect(await screen.findByRole('heading', { name: 'Ledger, Every euro, Send' })).toBeTruthy();
    choose('de');
    expect(await screen.findByRole('heading', { name: 'Hauptbuch, Every euro, Senden' })).toBeTruthy();
  });

  it('are in a language that another plugin brings, unless configuration turns it off', async () => {
    const installation = defineInstallation({
      plugin: createPlugin({ id: 'czech' }),
      extensions: [defineLanguage({ language: 'cs', resources: [czech] })],
    });
    const { unmount } = renderInTestApp(<Shop />, { installed: [{ installation }] });
    await screen.findByRole('heading', { name: 'Shop' });
    choose('cs');
    expect(await screen.findByRole('heading', { name: 'Obchod' })).toBeTruthy();
    unmount();
    renderInTestApp(<Shop />, { installed: [{ installation }], config: { app: { extensions: [{ 'language:czech': false }] } } });
    expect(await screen.findByRole('heading', { name: 'Shop' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'cs' })).toBeNull();
  });

  it('are loaded for the installation when it is to be said in another language, and not before', async () => {
    const loads: string[] = [];
    const shop = defineInstallation({
      plugin: createPlugin({ id: 'shop' }),
      title: 'Shop',
      translation: async () => {
        loads.push('shop');
        return shopRef;
      },
      extensions: [],
    });
    const broken = defineInstallation({
      plugin: createPlugin({ id: 'broken' }),
      title: 'Broken',
      translation: () => Promise.reject(new Error('no such file')),
      extensions: [],
    });
    const translations = { availableLanguages: ['en', 'de'] };
    renderInTestApp(<Titles />, { installed: [{ installation: broken }, { installation: shop }], translations });
    expect(await screen.findByText('Broken, Shop')).toBeTruthy();
    expect(loads).toEqual([]);
    choose('de');
    expect(await screen.findByText('Broken, Laden')).toBeTruthy();
    choose('en');
    expect(await screen.findByText('Broken, Shop')).toBeTruthy();
    expect(loads).toEqual(['shop']);
  });

  it('cannot be in a language that is not available by default', () => {
    const app = createApp({ translations: { availableLanguages: ['en'], defaultLanguage: 'fr' } });
    expect(() => app.createProvider(<Shop />)).toThrow(/'fr' is not among the available ones/);
  });
});
