export { Descriptor } from './Descriptor';
