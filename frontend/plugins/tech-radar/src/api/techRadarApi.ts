import { createApiRef } from '@callboard/core-plugin-api';
import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';

/** Where radars come from. An app may bring its own. */
export interface TechRadarApi {
  /** The radar of that id, or the one and only. */
  load(id?: string): Promise<TechRadarLoaderResponse>;
}

export const techRadarApiRef = createApiRef<TechRadarApi>({ id: 'plugin.techradar.service' });
