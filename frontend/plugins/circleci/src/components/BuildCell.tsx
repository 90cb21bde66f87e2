import { Time } from '@callboard/core-components';
import { useRouteRef } from '@callboard/core-plugin-api';
import { Link } from 'react-router-dom';
import type { LatestBuildValue } from '../lib/latestBuilds';
import { projectParams } from '../lib/projectSlug';
import { circleCIProjectRouteRef } from '../routes';
import { useMessages } from '../translation';
import styles from './CircleCIPage/CircleCIPage.module.css';
import { Status } from './Status';

/** The latest build of an entity and when it was, in a table of entities. */
export function BuildCell({ value }: { value?: LatestBuildValue | undefined }) {
  const messages = useMessages();
  const projectPath = useRouteRef(circleCIProjectRouteRef);
  if (!value || value.error !== undefined) {
    return (
      <span className={styles.faint} title={value?.error}>
        {messages.unavailable}
      </span>
    );
  }
  const { slug, pipeline, status } = value;
  if (!pipeline || status === undefined) {
    return <span className={styles.faint}>{messages.noPipelines}</span>;
  }
  return (
    <Link to={projectPath(projectParams(slug))} className={styles.build}>
      <Status status={status} />
      <Time at={pipeline.created_at} />
    </Link>
  );
}
