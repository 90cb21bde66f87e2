import { Content, PageHeader } from '@callboard/core-components';
import { useRouteRef, useRouteRefParams } from '@callboard/core-plugin-api';
import { parseProjectSlug } from '../../lib/projectSlug';
import { useMessages } from '../../translation';
import { circleCIProjectRouteRef, circleCIRouteRef } from '../../routes';
import { AnnotationHelp } from '../EntityContent/AnnotationHelp';
import { ProjectPipelines } from '../ProjectPipelines';

/** The pipelines of one project, in the catalog or not. */
export function ProjectPage() {
  const messages = useMessages();
  const { vcs, organization, repository } = useRouteRefParams(circleCIProjectRouteRef);
  const root = useRouteRef(circleCIRouteRef)();
  const written = `${vcs}/${organization}/${repository}`;
  const slug = parseProjectSlug(written);
  return (
    <>
      <PageHeader
        title={`${organization}/${repository}`}
        breadcrumb={[{ label: messages.breadcrumb, to: root }]}
        subtitle={slug ?? written}
      />
      <Content>{slug ? <ProjectPipelines key={slug} slug={slug} /> : <AnnotationHelp invalid={written} />}</Content>
    </>
  );
}
