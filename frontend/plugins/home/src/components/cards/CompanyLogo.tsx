import { Link } from '@callboard/core-components';
import { configApiRef, useApi, useExtensionConfig } from '@callboard/core-plugin-api';
import type { CompanyLogoConfig } from '../../lib/cardSchemas';
import { useMessages } from '../../translation';
import { Picture } from './Picture';
import styles from './cards.module.css';

/** The logo that configuration names; nothing without one. */
export function CompanyLogo() {
  const text = useMessages().logo;
  const organization = useApi(configApiRef).getOptionalString('organization.name');
  const config = useExtensionConfig<CompanyLogoConfig>();
  const { image, imageDark, alt = organization ?? text.title, url } = config ?? {};
  if (!image) {
    return undefined;
  }
  const picture = <Picture image={image} imageDark={imageDark} alt={alt} className={styles.logo} />;
  return <div className={styles.logoFrame}>{url ? <Link to={url}>{picture}</Link> : picture}</div>;
}
