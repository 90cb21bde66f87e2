import type { Entity } from '@callboard/catalog-model';
import { Duration, Skeleton, Time } from '@callboard/core-components';
import { usePipelines, useWorkflows } from '../hooks/useCircleCI';
import { slugOf } from '../lib/projectSlug';
import { pipelineStatus } from '../lib/status';
import { useMessages } from '../translation';
import styles from './CircleCIPage/CircleCIPage.module.css';
import { Status } from './Status';

type Part = 'status' | 'commit' | 'branch' | 'started' | 'duration';

/** One cell about an entity's latest pipeline. The cells of a row share the requests. */
export function LatestBuild({ entity, part }: { entity: Entity; part: Part }) {
  const slug = slugOf(entity);
  return slug ? <LatestOf slug={slug} part={part} /> : undefined;
}

function LatestOf({ slug, part }: { slug: string; part: Part }) {
  const messages = useMessages();
  const pipelines = usePipelines(slug, {});
  const pipeline = pipelines.data?.items[0];
  const workflows = useWorkflows(pipeline?.id);
  const error = pipelines.error ?? workflows.error;
  if (error) {
    return part === 'status' ? (
      <span className={styles.faint} title={error.message}>
        {messages.unavailable}
      </span>
    ) : undefined;
  }
  if (!pipelines.data) {
    return <Skeleton width="60%" />;
  }
  if (!pipeline) {
    return part === 'status' ? messages.noPipelines : undefined;
  }
  switch (part) {
    case 'status':
      return workflows.data ? <Status status={pipelineStatus(pipeline, workflows.data)} /> : <Skeleton width="60%" />;
    case 'commit':
      return <span title={pipeline.vcs?.commit?.subject ?? undefined}>{pipeline.vcs?.commit?.subject}</span>;
    case 'branch':
      return pipeline.vcs?.branch;
    case 'started':
      return <Time at={pipeline.created_at} />;
    case 'duration':
      return workflows.data?.[0] && <Duration from={pipeline.created_at} to={workflows.data[0].stopped_at ?? undefined} />;
  }
}
