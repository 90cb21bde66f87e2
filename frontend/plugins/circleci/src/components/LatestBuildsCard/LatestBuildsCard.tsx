import { Card, ErrorPanel, LoadingBlock, Time } from '@callboard/core-components';
import { configApiRef, useApi, useRouteRef } from '@callboard/core-plugin-api';
import { useEntity } from '@callboard/plugin-catalog-react';
import Button from '@mui/material/Button';
import { GitBranch } from 'lucide-react';
import { Link } from 'react-router-dom';
import type { Pipeline } from '../../api/types';
import { usePipelines, useWorkflows } from '../../hooks/useCircleCI';
import { projectParams, slugOf } from '../../lib/projectSlug';
import { hasEndpoint } from '../../lib/proxyPath';
import { pipelineStatus } from '../../lib/status';
import { circleCIProjectRouteRef } from '../../routes';
import { useMessages } from '../../translation';
import { Status } from '../Status';
import styles from './LatestBuildsCard.module.css';

/** Each costs a question of its own to CircleCI. */
const SHOWN = 5;

/** How the entity's newest builds went. A portal whose configuration does not lead to CircleCI says so in the tab alone. */
export function LatestBuildsCard() {
  const { entity } = useEntity();
  const slug = slugOf(entity);
  return hasEndpoint(useApi(configApiRef)) && slug && <BuildsOf slug={slug} />;
}

function BuildsOf({ slug }: { slug: string }) {
  const messages = useMessages();
  const { data, error, refetch } = usePipelines(slug, {});
  const project = useRouteRef(circleCIProjectRouteRef)(projectParams(slug));
  const all = (
    <Button variant="text" component={Link} to={project}>
      {messages.builds.all}
    </Button>
  );
  return (
    <Card title={messages.builds.title} actions={all} flush={Boolean(data?.items.length)}>
      {error ? (
        <ErrorPanel error={error} title={messages.failed} hint={messages.failedHint} onRetry={() => void refetch()} />
      ) : !data ? (
        <LoadingBlock height={SHOWN * 48} />
      ) : data.items.length === 0 ? (
        <p className={styles.none}>{messages.noPipelines}</p>
      ) : (
        <ul className={styles.builds}>
          {data.items.slice(0, SHOWN).map(pipeline => (
            <Build key={pipeline.id} pipeline={pipeline} to={`${project}?${new URLSearchParams({ pipeline: pipeline.id })}`} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function Build({ pipeline, to }: { pipeline: Pipeline; to: string }) {
  const messages = useMessages();
  const workflows = useWorkflows(pipeline.id);
  return (
    <li>
      <Link to={to} className={styles.build}>
        <Status status={pipelineStatus(pipeline, workflows.data)} terse />
        <span className={styles.subject}>{pipeline.vcs?.commit?.subject ?? messages.noCommit}</span>
        <span className={styles.facts}>
          {pipeline.vcs?.branch && (
            <span className={styles.branch}>
              <GitBranch size={12} aria-hidden />
              {pipeline.vcs.branch}
            </span>
          )}
          <Time at={pipeline.created_at} />
        </span>
      </Link>
    </li>
  );
}
