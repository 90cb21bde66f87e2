import type { CatalogApi } from '@callboard/catalog-client';
import { createApiRef } from '@callboard/core-plugin-api';

/** The catalog. */
export const catalogApiRef = createApiRef<CatalogApi>({ id: 'plugin.catalog.service' });
