import type { Entity } from '@callboard/catalog-model';
import {
  createExtensionKind,
  declareExtension,
  flagSetting,
  textSetting,
  type ApiRef,
  type ConfigApi,
  type DeclarationOptions,
  type ExtensionDeclaration,
} from '@callboard/core-plugin-api';
import type { ReactNode } from 'react';
import { filterSetting, type EntityMatcher } from './entityFilter';

/**
 * What stands in a cell. Without `values` of its column it reads what it shows by itself, so it holds its place meanwhile, and
 * says shortly when it cannot; with them it gets the entity's, undefined where there is none.
 */
export type EntityCell<Value = unknown> = (props: { entity: Entity; value?: Value | undefined }) => ReactNode;

/** What a column knows of many entities, read at once. */
export interface EntityValues<Value = unknown, Apis = Record<string, unknown>> {
  /** What it is read with. */
  deps: { [Name in keyof Apis]: ApiRef<Apis[Name]> };
  /** The value of each of at most 100 entities, in their order; undefined for one that has none. May throw `NoSourceOfValuesError`. */
  load(apis: Apis, entities: readonly Entity[], options: { signal?: AbortSignal }): Promise<readonly (Value | undefined)[]>;
}

/** There is nothing to read values from, so that a column nobody has chosen is left out rather than empty. */
export class NoSourceOfValuesError extends Error {
  override readonly name = 'NoSourceOfValuesError';
  /** It is no use to ask again soon. */
  readonly status = 404;
}

/** Declares how a column reads its values; the types of the APIs follow from `deps`. */
export function defineEntityValues<Value, Apis>(values: EntityValues<Value, Apis>): EntityValues<Value> {
  return values as unknown as EntityValues<Value>;
}

/** A column that a plugin adds to tables of entities. */
export interface EntityColumnParams<Value = unknown> {
  title: string;
  /** Loads the cell, when the column is shown first; without one `text` is shown. */
  cell?: () => Promise<EntityCell<NoInfer<Value>>>;
  /** Loads how the values of all rows in view are read, once for all of them; without it each cell is on its own. */
  values?: () => Promise<EntityValues<Value>>;
  /** The value as a file has it, empty where there is none; without it the column is not in the CSV file. */
  text?(entity: Entity, value: NoInfer<Value> | undefined): string;
  /** What the server orders entities by, such as `metadata.annotations.example.com/tier`; without it the column cannot be sorted. */
  sortField?: string;
  /** A CSS width; columns without share what is left. */
  width?: string;
  /** The kinds, in lower case, in whose tables it is offered; all where there are none. */
  kinds?: readonly string[];
  /** Which entities have something in it; the cells of others are empty. */
  filter?: EntityMatcher;
  /** What is read of an entity, by the filter too, such as `metadata.annotations`. */
  fields?: readonly string[];
  /**
   * Shows it while nobody has chosen columns, where there is room and it is for something on the page. Without, it is only
   * offered. A function decides by the configuration, such as whether the portal is connected to what the column asks.
   */
  shown?: boolean | ((config: ConfigApi) => boolean);
}

export const entityColumnKind = createExtensionKind<EntityColumnParams>({
  id: 'entity-column',
  settings: { title: textSetting, filter: filterSetting, shown: flagSetting },
});

/** Declares a column: `entity-column:<plugin>`, or `entity-column:<plugin>/<name>`. */
export const defineEntityColumn = <Value>(options: EntityColumnParams<Value> & DeclarationOptions): ExtensionDeclaration<EntityColumnParams> =>
  // Values go from the column's loader to its own cell and text, and nobody else reads them.
  declareExtension(entityColumnKind, options as EntityColumnParams & DeclarationOptions);
