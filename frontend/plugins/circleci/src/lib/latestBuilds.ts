import { inTurns } from '@callboard/core-components';
import { defineEntityValues, NoSourceOfValuesError } from '@callboard/plugin-catalog-react';
import { circleCIApiRef, type CircleCIApi } from '../api/CircleCIApi';
import { isUnconnected } from '../api/CircleCIError';
import type { Pipeline } from '../api/types';
import { slugOf } from './projectSlug';
import { pipelineStatus } from './status';

/** What is known of an entity's project: without a pipeline when it never had one, with an error when it could not be read. */
export interface LatestBuildValue {
  slug: string;
  pipeline?: Pipeline | undefined;
  /** How its workflows went. */
  status?: string | undefined;
  error?: string;
}

/** CircleCI can only be asked for one project after the other; a table leaves room for what else the page asks for. */
const AT_ONCE = 4;

/** The latest build of each entity's project, each project read once; none where an entity names no project. */
export const latestBuilds = defineEntityValues({
  deps: { circleci: circleCIApiRef },
  load: async ({ circleci }, entities, options) => {
    const slugs = entities.map(slugOf);
    const [first, ...others] = new Set(slugs.filter(slug => slug !== undefined));
    const builds = new Map<string, LatestBuildValue>();
    const read = async (slug: string) => void builds.set(slug, await latestBuild(circleci, slug, options));
    if (first !== undefined) {
      // Where the portal is not connected to CircleCI one question tells.
      await read(first);
      await inTurns(others, AT_ONCE, read);
    }
    return slugs.map(slug => (slug === undefined ? undefined : builds.get(slug)));
  },
});

/** A project that cannot be read says so in its own row. */
async function latestBuild(circleci: CircleCIApi, slug: string, options: { signal?: AbortSignal }): Promise<LatestBuildValue> {
  try {
    const [pipeline] = (await circleci.getPipelines(slug, {}, options)).items;
    return { slug, pipeline, status: pipeline && pipelineStatus(pipeline, await circleci.getWorkflows(pipeline.id, options)) };
  } catch (error) {
    if (options.signal?.aborted) {
      throw error;
    }
    if (isUnconnected(error)) {
      throw new NoSourceOfValuesError('The portal is not connected to CircleCI', { cause: error });
    }
    return { slug, error: error instanceof Error ? error.message : String(error) };
  }
}
