import { CATALOG_FILTER_EXISTS } from '@callboard/catalog-client';
import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Content, DataTable, EmptyState, ErrorPanel, PageHeader, PageTurner, type DataColumn } from '@callboard/core-components';
import { configApiRef, useApi, useRouteRef } from '@callboard/core-plugin-api';
import { catalogApiRef, EntityRefLink, KindIcon } from '@callboard/plugin-catalog-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Workflow } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'react-router-dom';
import { isRefusalOfAll, isUnconnected } from '../../api/CircleCIError';
import { usePipelines } from '../../hooks/useCircleCI';
import { hasEndpoint } from '../../lib/proxyPath';
import { CIRCLECI_ANNOTATION, projectParams, slugOf } from '../../lib/projectSlug';
import { EXAMPLE_ANNOTATION, useMessages, type Messages } from '../../translation';
import { circleCIProjectRouteRef } from '../../routes';
import { ConnectionHelp } from '../ConnectionHelp';
import { LatestBuild } from '../LatestBuild';
import styles from './CircleCIPage.module.css';

const PAGE = 20;

/** Every component that names its project, with its latest build. */
export function ComponentsPage() {
  const messages = useMessages();
  const text = messages.columns;
  const catalogApi = useApi(catalogApiRef);
  const config = useApi(configApiRef);
  const [cursor, setCursor] = useState<string>();
  const { data, error, refetch, isPlaceholderData } = useQuery({
    queryKey: ['circleci', 'components', cursor],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) =>
      catalogApi.queryEntities(
        {
          cursor,
          filter: { [`metadata.annotations.${CIRCLECI_ANNOTATION}`]: CATALOG_FILTER_EXISTS },
          limit: PAGE,
          orderFields: { field: 'metadata.name', order: 'asc' },
          fields: ['kind', 'metadata', 'spec.type'],
        },
        { signal },
      ),
  });
  // Where the builds of the first cannot be had because the portal is not connected, those of the others cannot either.
  const first = usePipelines(data?.items.map(slugOf).find(slug => slug !== undefined), {});
  const unconnected = isUnconnected(first.error) ? first.error : null;
  // Only until it was answered once: the table's cells ask again for what failed, and must not be taken away by that.
  const mayBeUnconnected = first.isLoading && first.errorUpdateCount === 0 && !hasEndpoint(config);
  const refusal = isRefusalOfAll(first.error) ? first.error : null;
  const { nextCursor, prevCursor } = data?.pageInfo ?? {};
  return (
    <>
      <PageHeader title={messages.title} subtitle={messages.subtitle} />
      <Content>
        {unconnected && <ConnectionHelp error={unconnected} />}
        {refusal && (
          <div className={styles.refusal}>
            <ErrorPanel error={refusal} title={messages.failed} onRetry={() => void first.refetch()} />
          </div>
        )}
        {error && <ErrorPanel error={error} title={messages.componentsFailed} onRetry={() => void refetch()} />}
        {data?.items.length === 0 ? (
          <EmptyState
            icon={Workflow}
            title={messages.noComponents}
            description={messages.noComponentsText}
            example={{ text: EXAMPLE_ANNOTATION, language: 'yaml', label: messages.example }}
          />
        ) : (
          !(error && !data) && !unconnected && (
            <DataTable
              label={messages.components}
              columns={columns(text)}
              rows={mayBeUnconnected ? undefined : data?.items}
              rowKey={entity => stringifyEntityRef(entity)}
              stale={isPlaceholderData}
            />
          )
        )}
        <PageTurner
          onPrevious={prevCursor ? () => setCursor(prevCursor) : undefined}
          onNext={nextCursor ? () => setCursor(nextCursor) : undefined}
        />
      </Content>
    </>
  );
}

const columns = (text: Messages['columns']): DataColumn<Entity>[] => [
  {
    id: 'component',
    title: text.component,
    width: '20%',
    render: entity => (
      <span className={styles.component}>
        <KindIcon kind={entity.kind} />
        <EntityRefLink entityRef={entity} />
      </span>
    ),
  },
  { id: 'project', title: text.project, width: '17%', render: entity => <ProjectLink entity={entity} /> },
  { id: 'status', title: text.status, width: '130px', render: entity => <LatestBuild entity={entity} part="status" /> },
  { id: 'commit', title: text.commit, optional: true, render: entity => <LatestBuild entity={entity} part="commit" /> },
  { id: 'branch', title: text.branch, width: '100px', optional: true, render: entity => <LatestBuild entity={entity} part="branch" /> },
  { id: 'started', title: text.started, width: '120px', render: entity => <LatestBuild entity={entity} part="started" /> },
  { id: 'duration', title: text.duration, width: '90px', align: 'right', render: entity => <LatestBuild entity={entity} part="duration" /> },
];

function ProjectLink({ entity }: { entity: Entity }) {
  const messages = useMessages();
  const path = useRouteRef(circleCIProjectRouteRef);
  const slug = slugOf(entity);
  const project = slug && projectParams(slug);
  return project ? (
    <Link to={path(project)}>{`${project.organization}/${project.repository}`}</Link>
  ) : (
    <span className={styles.problem}>{messages.invalid(entity.metadata.annotations?.[CIRCLECI_ANNOTATION] ?? '')}</span>
  );
}
