export * from './InfoCard';
export * from './TabbedCard';
