export { EntityContent } from './EntityContent';
export { LastAuditCard } from './LastAuditCard';
