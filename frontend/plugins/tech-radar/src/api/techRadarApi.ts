import { createApiRef } from '@callboard/core-plugin-api';
import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';

/** Where a radar lies. Without either it is the one that the plugin brings. */
export interface RadarSource {
  /** The address of a JSON or YAML file, here or elsewhere. */
  url?: string;
  /** The reference of an entity whose `spec.radar` holds it. */
  entity?: string;
}

/** Where radars come from. An app may bring its own. */
export interface TechRadarApi {
  /** The radar of that id, or the one and only. `source` is what configuration says of it. */
  load(id?: string, source?: RadarSource): Promise<TechRadarLoaderResponse>;
}

export const techRadarApiRef = createApiRef<TechRadarApi>({ id: 'plugin.techradar.service' });
