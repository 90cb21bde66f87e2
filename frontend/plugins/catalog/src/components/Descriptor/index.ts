export { Descriptor } from './Descriptor';
export { EntitySource } from './EntitySource';
