import { AppIcon, Link } from '@callboard/core-components';
import { useExtensionConfig, useRouteRef } from '@callboard/core-plugin-api';
import type { QuickStartConfig } from '../../lib/cardSchemas';
import { catalogImportRouteRef, catalogIndexRouteRef, settingsRouteRef } from '../../routes';
import { useMessages } from '../../translation';
import { Picture } from './Picture';
import styles from './QuickStartCard.module.css';

/** First steps, with a picture where configuration names one. */
export function QuickStartCard() {
  const text = useMessages().quickStart;
  const { heading = text.heading, text: words = text.text, image, imageDark, links } = useExtensionConfig<QuickStartConfig>() ?? {};
  const catalog = useRouteRef(catalogIndexRouteRef)?.();
  const register = useRouteRef(catalogImportRouteRef)?.();
  const settings = useRouteRef(settingsRouteRef)?.();
  const ways = links ?? [
    { title: text.catalog, url: catalog, icon: 'catalog' },
    { title: text.register, url: register, icon: 'create' },
    { title: text.settings, url: settings, icon: 'settings' },
  ];
  return (
    <section className={styles.card} aria-label={text.title}>
      <div className={styles.words}>
        <h2 className={styles.heading}>{heading}</h2>
        <p className={styles.text}>{words}</p>
        <ul className={styles.links}>
          {ways.map(
            ({ title, url, icon = 'externalLink' }) =>
              url && (
                <li key={`${title} ${url}`}>
                  <AppIcon icon={icon} className={styles.icon} />
                  <Link to={url}>{title}</Link>
                </li>
              ),
          )}
        </ul>
      </div>
      {image && <Picture image={image} imageDark={imageDark} className={styles.image} />}
    </section>
  );
}
