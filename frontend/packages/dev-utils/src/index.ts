/** Serving a plugin alone while one works on it. Only for the `dev` folder of a plugin. */
export { createDevApp, DevAppBuilder, type DevAppPageOptions } from './DevAppBuilder';
export { EntityGridItem } from './EntityGridItem';
