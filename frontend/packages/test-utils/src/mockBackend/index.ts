export { MockBackend } from './MockBackend';
export { sampleEntities } from './sampleEntities';
