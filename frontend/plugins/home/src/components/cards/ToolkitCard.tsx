import { AppIcon, Card, EmptyState, Link } from '@callboard/core-components';
import { useHomeCardSettings } from '@callboard/plugin-home-react';
import { Wrench } from 'lucide-react';
import type { ToolkitSettings } from '../../lib/cardSchemas';
import { useMessages } from '../../translation';
import styles from './tiles.module.css';

/** Ways to the tools of every day. */
export function ToolkitCard() {
  const text = useMessages().toolkit;
  const { tools } = useHomeCardSettings<ToolkitSettings>() ?? { tools: [] };
  return (
    <Card title={text.title}>
      {tools.length === 0 ? (
        <EmptyState icon={Wrench} title={text.none} description={text.noneText} />
      ) : (
        <ul className={styles.tiles}>
          {tools.map(({ title, url, icon = 'tool' }) => (
            <li key={`${title} ${url}`}>
              <Link to={url} className={styles.tool}>
                <span className={styles.toolIcon}>
                  <AppIcon icon={icon} size={20} />
                </span>
                <span className={styles.toolTitle}>{title}</span>
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
