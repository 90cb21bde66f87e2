export { ProjectPipelines } from './ProjectPipelines';
