export { UnprocessedEntitiesPage } from './UnprocessedEntitiesPage';
