import type { Entity } from '@callboard/catalog-model';
import {
  choiceSetting,
  createExtensionKind,
  declareExtension,
  pathSetting,
  textSetting,
  type DeclarationOptions,
  type ExtensionDeclaration,
  type IconOrName,
  type InstalledExtension,
} from '@callboard/core-plugin-api';
import type { ReactElement } from 'react';
import { entityCondition, filterSetting, type EntityMatcher } from './entityFilter';

/** A card on the overview of entities. */
export interface EntityCardParams {
  element: ReactElement;
  /** Which entities it is for; all where there is none. */
  filter?: EntityMatcher;
  /** The wide column of content (the default), or the narrow one of short facts. */
  type?: 'content' | 'info';
}

export const entityCardKind = createExtensionKind<EntityCardParams>({
  id: 'entity-card',
  settings: { filter: filterSetting, type: choiceSetting('content', 'info') },
});

/** Declares a card: `entity-card:<plugin>/<name>`. */
export const defineEntityCard = (options: EntityCardParams & DeclarationOptions): ExtensionDeclaration<EntityCardParams> =>
  declareExtension(entityCardKind, options);

/** A tab of the page of entities. */
export interface EntityContentParams {
  element: ReactElement;
  /** Below the entity's page; `/` is shown first. */
  path: string;
  title: string;
  /** Tabs of a group with several stand in a menu of its name. */
  group?: string;
  icon?: IconOrName;
  filter?: EntityMatcher;
}

export const entityContentKind = createExtensionKind<EntityContentParams>({
  id: 'entity-content',
  settings: { path: pathSetting, title: textSetting, group: textSetting, icon: textSetting, filter: filterSetting },
});

/** Declares a tab: `entity-content:<plugin>`, or `entity-content:<plugin>/<name>`. */
export const defineEntityContent = (
  options: EntityContentParams & DeclarationOptions,
): ExtensionDeclaration<EntityContentParams> => declareExtension(entityContentKind, options);

/** Whether an extension is for an entity. */
export function isForEntity(extension: InstalledExtension<{ filter?: EntityMatcher }>, entity: Entity): boolean {
  const { filter } = extension.params;
  return filter === undefined || entityCondition(filter)(entity);
}
