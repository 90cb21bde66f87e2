import { useExtensionConfig } from '@callboard/core-plugin-api';
import { TABS, type AdminPageConfig } from '../adminConfig';

const DEFAULTS: AdminPageConfig = { tabs: [...TABS], refreshSeconds: 30 };

/** The page's configuration; what it is without any, where the page is mounted by an app itself. */
export function useAdminConfig(): AdminPageConfig {
  return useExtensionConfig<AdminPageConfig>() ?? DEFAULTS;
}
