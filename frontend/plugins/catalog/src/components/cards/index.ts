export { AboutCard } from './AboutCard';
export { LabelsCard } from './LabelsCard';
export { LinksCard } from './LinksCard';
export { RelationsCard } from './RelationsCard';
export { RelationsGraphCard } from './RelationsGraphCard';
export * from './relatedEntities';
