import type { Entity } from '@callboard/catalog-model';
import {
  createExtensionKind,
  declareExtension,
  flagSetting,
  textSetting,
  type DeclarationOptions,
  type ExtensionDeclaration,
} from '@callboard/core-plugin-api';
import type { ComponentType } from 'react';
import { filterSetting, type EntityFilter } from './entityFilter';

/** What stands in a cell. It reads what it shows by itself, so it holds its place meanwhile, and says shortly when it cannot. */
export type EntityCell = ComponentType<{ entity: Entity }>;

/** A column that a plugin adds to tables of entities. */
export interface EntityColumnParams {
  title: string;
  /** Loads the cell, when the column is shown first. */
  cell: () => Promise<EntityCell>;
  /** A CSS width; columns without share what is left. */
  width?: string;
  /** The kinds, in lower case, in whose tables it is offered; all where there are none. */
  kinds?: readonly string[];
  /** Which entities have something in it; the cells of others are empty. */
  filter?: EntityFilter;
  /** What filter and cell read of an entity, such as `metadata.annotations`. */
  fields?: readonly string[];
  /** Shows it while nobody has chosen columns, where there is room. Without it is only offered. */
  shown?: boolean;
}

export const entityColumnKind = createExtensionKind<EntityColumnParams>({
  id: 'entity-column',
  settings: { title: textSetting, filter: filterSetting, shown: flagSetting },
});

/** Declares a column: `entity-column:<plugin>`, or `entity-column:<plugin>/<name>`. */
export const defineEntityColumn = (options: EntityColumnParams & DeclarationOptions): ExtensionDeclaration<EntityColumnParams> =>
  declareExtension(entityColumnKind, options);
