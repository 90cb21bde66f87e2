import { Card, Select, useLanguage } from '@callboard/core-components';
import { appLanguageApiRef, useApi } from '@callboard/core-plugin-api';
import { useMessages } from '../../translation';

/** In which language the portal speaks, where there is more than one. */
export function LanguageCard() {
  const text = useMessages().language;
  const languageApi = useApi(appLanguageApiRef);
  const { languages } = languageApi.getAvailableLanguages();
  const active = useLanguage();
  return (
    languages.length > 1 && (
      <Card title={text.title}>
        <Select
          label={text.label}
          value={active}
          options={languages.map(value => ({ value, label: nameOf(value) }))}
          onChange={language => languageApi.setLanguage(language)}
        />
      </Card>
    )
  );
}

/** A language as those who speak it call it. */
function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
}
