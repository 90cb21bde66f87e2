export * from './entityColumns';
export * from './entityExtensions';
export * from './entityFilter';
