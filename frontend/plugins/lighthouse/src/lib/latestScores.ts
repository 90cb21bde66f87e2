import { defineEntityValues } from '@callboard/plugin-catalog-react';
import { lighthouseApiRef } from '../api/LighthouseApi';
import type { Audit } from '../api/types';
import { websitesOf } from './websites';

/** What is known of an entity's first website: without an audit when it has none with a report. */
export interface LatestScores {
  audit?: Audit | undefined;
}

/** The latest scores of the first website of each entity, read at once; none where an entity names no website. */
export const latestScores = defineEntityValues({
  deps: { lighthouse: lighthouseApiRef },
  load: async ({ lighthouse }, entities, options) => {
    const urls = entities.map(entity => websitesOf(entity)[0]?.url);
    const audits = await lighthouse.getLatestAudits([...new Set(urls.filter(url => url !== undefined))], options);
    return urls.map((url): LatestScores | undefined => (url === undefined ? undefined : { audit: audits.get(url) }));
  },
});
