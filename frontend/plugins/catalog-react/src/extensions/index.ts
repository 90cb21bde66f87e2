export * from './entityExtensions';
export * from './entityFilter';
