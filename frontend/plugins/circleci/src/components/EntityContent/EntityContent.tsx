import { useEntity } from '@callboard/plugin-catalog-react';
import { CIRCLECI_ANNOTATION, parseProjectSlug } from '../../lib/projectSlug';
import { ProjectPipelines } from '../ProjectPipelines';
import { AnnotationHelp } from './AnnotationHelp';

/** The builds of the page's entity. */
export function EntityContent() {
  const { entity } = useEntity();
  const annotation = entity.metadata.annotations?.[CIRCLECI_ANNOTATION];
  const slug = annotation && parseProjectSlug(annotation);
  return slug ? <ProjectPipelines slug={slug} /> : <AnnotationHelp invalid={annotation} />;
}
