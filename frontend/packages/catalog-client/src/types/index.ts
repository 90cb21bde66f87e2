export * from './CatalogApi';
export * from './changes';
export * from './entities';
export * from './locations';
export * from './selection';
export * from './unprocessed';
