/** The components that pages are built of. */
export * from './components/Breakable';
export * from './components/Card';
export * from './components/CodeBlock';
export * from './components/CopyButton';
export * from './components/Link';
export * from './components/MetadataList';
export * from './components/PageHeader';
export * from './components/Progress';
export * from './components/Tag';
export * from './errors/EmptyState';
export * from './errors/ErrorPanel';
export * from './errors/pages';
export * from './lib/classes';
export * from './lib/hotkeys';
export * from './lib/useMediaQuery';
export * from './lib/useStoredState';
export * from './shell/AppShell';
