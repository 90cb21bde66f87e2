export { LatestBuildsCard } from './LatestBuildsCard';
