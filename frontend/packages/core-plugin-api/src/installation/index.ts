export * from './context';
export * from './extensionKinds';
export * from './installation';
export * from './kinds';
export * from './schema';
export * from './settings';
