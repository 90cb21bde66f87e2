import { AppIcon, Card, CodeBlock, isScriptUrl, Link } from '@callboard/core-components';
import { useEntity } from '@callboard/plugin-catalog-react';
import { Globe } from 'lucide-react';
import { useMessages } from '../../translation';
import styles from './cards.module.css';

const EXAMPLE = `metadata:
  links:
    - url: https://example.com
      title: Dashboard
`;

/** Where else to go for the entity. */
export function LinksCard() {
  const messages = useMessages();
  const { entity } = useEntity();
  const links = (entity.metadata.links ?? []).filter(({ url }) => !isScriptUrl(url));
  return (
    <Card title={messages.links.title} count={links.length || undefined}>
      {links.length === 0 ? (
        <>
          <p className={styles.faint}>{messages.links.empty}</p>
          <CodeBlock text={EXAMPLE} language="yaml" label={messages.links.example} />
        </>
      ) : (
        <ul className={styles.links}>
          {links.map(({ url, title, icon }) => (
            <li key={`${url} ${title}`}>
              <span className={styles.linkName}>
                <AppIcon icon={icon} Fallback={Globe} />
                <Link to={url}>{title ?? url}</Link>
              </span>
              <span className={styles.host}>{URL.canParse(url) ? new URL(url).host : ''}</span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
