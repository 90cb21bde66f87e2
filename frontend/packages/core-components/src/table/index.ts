export * from './StructuredMetadataTable';
export * from './Table';
export * from './tableTypes';
export * from './SubvalueCell';
