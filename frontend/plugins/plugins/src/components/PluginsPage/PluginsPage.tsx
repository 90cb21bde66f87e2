import { Content, EmptyState, LinkButton, PageHeader, SearchInput, useFormats, WarningPanel } from '@callboard/core-components';
import { configApiRef, useApi, useInstallation, type InstalledPlugin } from '@callboard/core-plugin-api';
import { useSearchParams } from 'react-router-dom';
import { useMessages } from '../../translation';
import { PluginCard } from './PluginCard';
import styles from './PluginsPage.module.css';

const SUGGEST_URL = 'https://github.com/backstage/backstage/issues/new?labels=plugin&template=plugin_template.md&title=%5BPlugin%5D+THE+PLUGIN+NAME';

/** What is installed: plugins with their versions and extensions, and what of the configuration is not used. */
export function PluginsPage() {
  const messages = useMessages();
  const formats = useFormats();
  const { plugins, problems } = useInstallation();
  const suggestUrl = useApi(configApiRef).getOptionalString('app.pluginSuggestionUrl') ?? SUGGEST_URL;
  const [params, setParams] = useSearchParams();
  const term = params.get('filter') ?? '';
  const shown = plugins.filter(plugin => matches(plugin, term)).sort((a, b) => formats.compare(a.title, b.title));
  const extensions = plugins.flatMap(plugin => plugin.extensions).filter(({ enabled }) => enabled);
  return (
    <>
      <PageHeader
        title={messages.title}
        subtitle={messages.subtitle(plugins.length, extensions.length)}
        actions={<LinkButton to={suggestUrl}>{messages.suggest}</LinkButton>}
      />
      <Content>
        <div className={styles.page}>
          {problems.length > 0 && (
            <WarningPanel title={messages.problems(problems.length)} message={messages.problemsText}>
              <ul className={styles.problems}>
                {problems.map(problem => (
                  <li key={problem}>
                    <code>{problem}</code>
                  </li>
                ))}
              </ul>
            </WarningPanel>
          )}
          {plugins.length === 0 ? (
            <EmptyState missing="content" title={messages.emptyTitle} description={messages.emptyText} />
          ) : (
            <SearchInput
              label={messages.search}
              value={term}
              onChange={value => setParams(value ? { filter: value } : {}, { replace: true })}
            />
          )}
          {plugins.length > 0 && shown.length === 0 && (
            <EmptyState missing="content" title={messages.noneTitle(term)} description={messages.noneText} />
          )}
          <ul className={styles.list}>
            {shown.map(plugin => (
              <li key={plugin.packageName}>
                <PluginCard plugin={plugin} />
              </li>
            ))}
          </ul>
        </div>
      </Content>
    </>
  );
}

function matches({ id, title, packageName, extensions }: InstalledPlugin, term: string): boolean {
  const texts = [id, title, packageName, ...extensions.flatMap(extension => [extension.id, extension.title ?? ''])];
  return texts.some(text => text.toLowerCase().includes(term.trim().toLowerCase()));
}
