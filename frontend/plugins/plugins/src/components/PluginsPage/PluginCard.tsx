import { AppIcon, CopyButton, InfoCard, Link, Tag } from '@callboard/core-components';
import { useInstalledTexts, type ExtensionReport, type InstalledPlugin } from '@callboard/core-plugin-api';
import { useMessages } from '../../translation';
import styles from './PluginsPage.module.css';

/** One plugin: what it is, and what it adds to the app. */
export function PluginCard({ plugin }: { plugin: InstalledPlugin }) {
  const messages = useMessages();
  const textOf = useInstalledTexts();
  const { id, icon, packageName, version, homepage, enabled, extensions } = plugin;
  const title = textOf(plugin.title, id);
  const description = plugin.description && textOf(plugin.description, id);
  return (
    <InfoCard
      title={title}
      icon={<AppIcon icon={icon} size={20} className={styles.icon} />}
      subheader={
        <>
          <code>{packageName}</code> {version}
        </>
      }
      action={!enabled && <Tag>{messages.off}</Tag>}
      noPadding
    >
      {(description || homepage) && (
        <p className={styles.description}>
          {description} {homepage && <Link to={homepage}>{messages.homepage}</Link>}
        </p>
      )}
      {extensions.length === 0 ? (
        <p className={styles.description}>{messages.noExtensions}</p>
      ) : (
        <table className={styles.table} aria-label={`${messages.table} ${title}`}>
          <thead>
            <tr>
              <th scope="col">{messages.columns.id}</th>
              <th scope="col">{messages.columns.title}</th>
              <th scope="col">{messages.columns.path}</th>
              <th scope="col">{messages.columns.state}</th>
            </tr>
          </thead>
          <tbody>
            {extensions.map(extension => (
              <tr key={extension.id}>
                <td>
                  <code>{extension.id}</code>
                  <CopyButton text={extension.id} className={styles.copy} />
                </td>
                <td>{extension.title && textOf(extension.title, id)}</td>
                <td>
                  <Path extension={extension} />
                </td>
                <td>
                  <State extension={extension} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </InfoCard>
  );
}

/** The path of a page that one can go to; of others it says where they would be. */
function Path({ extension: { kind, path, enabled } }: { extension: ExtensionReport }) {
  if (path === undefined) {
    return undefined;
  }
  return kind === 'page' && enabled && !path.includes(':') ? <Link to={path}>{path}</Link> : <code>{path}</code>;
}

function State({ extension: { enabled, problem } }: { extension: ExtensionReport }) {
  const messages = useMessages();
  if (problem) {
    return (
      <span title={problem}>
        <Tag tone="danger">{messages.invalid}</Tag>
      </span>
    );
  }
  return enabled ? <Tag tone="success">{messages.on}</Tag> : <Tag>{messages.off}</Tag>;
}
