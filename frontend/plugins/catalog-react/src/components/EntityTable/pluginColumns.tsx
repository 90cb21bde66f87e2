import { stringifyEntityRef, type Entity } from '@callboard/catalog-model';
import { Skeleton } from '@callboard/core-components';
import { configApiRef, ExtensionProvider, useApi, useExtensions, useInstalledTexts, type InstalledExtension } from '@callboard/core-plugin-api';
import { Component, createElement, lazy, Suspense, useMemo, type ReactNode } from 'react';
import { entityColumnKind, isForEntity, type EntityCell, type EntityColumnParams } from '../../extensions';
import { useMessages } from '../../translation';
import type { EntityColumn } from './columns';
import { loadValues, type ColumnValues } from './columnValues';
import styles from './EntityTable.module.css';

type Extension = InstalledExtension<EntityColumnParams>;

/** The columns that plugins offer for a kind. */
export function usePluginColumns(): (kind: string | undefined) => (EntityColumn & { shown: boolean; kinds?: readonly string[] })[] {
  const extensions = useExtensions(entityColumnKind);
  const textOf = useInstalledTexts();
  const config = useApi(configApiRef);
  return useMemo(
    () => kind =>
      extensions
        .filter(({ params: { kinds } }) => kind === undefined || !kinds || kinds.includes(kind.toLowerCase()))
        .map(extension => {
          const { title, width, kinds, fields, sortField, shown = false, text, values } = extension.params;
          const isFor = (entity: Entity) => isForEntity(extension, entity);
          return {
            id: extension.id.slice(entityColumnKind.id.length + 1),
            title: textOf(title, extension.plugin.getId()),
            width,
            kinds,
            fields,
            sortField,
            shown: typeof shown === 'function' ? shown(config) : shown,
            isFor,
            optional: 'last',
            ...(text && { text: (entity, value) => (isFor(entity) ? text(entity, value) : '') }),
            ...(values && {
              values: async (apis, entities, { signal }) => {
                const some = entities.filter(isFor);
                return some.length === 0 ? new Map<string, unknown>() : loadValues(await values(), { apis, entities: some, signal });
              },
            }),
            render: (entity, _references, read) => isFor(entity) && <PluginCell extension={extension} entity={entity} read={read} />,
          };
        }),
    [extensions, textOf, config],
  );
}

function PluginCell({ extension, entity, read }: { extension: Extension; entity: Entity; read: ColumnValues | undefined }) {
  const { cell, text, values } = extension.params;
  if (read?.error) {
    return <Failed error={read.error} />;
  }
  if (values && !read?.values) {
    return <Skeleton width="60%" />;
  }
  const value = read?.values?.get(stringifyEntityRef(entity));
  return (
    <CellBoundary>
      {cell ? (
        <Suspense fallback={<Skeleton width="60%" />}>
          <ExtensionProvider extension={extension}>{createElement(loaded(cell), { entity, value })}</ExtensionProvider>
        </Suspense>
      ) : (
        text?.(entity, value)
      )}
    </CellBoundary>
  );
}

function Failed({ error }: { error: Error | undefined }) {
  return (
    <span className={styles.faint} title={error?.message}>
      {useMessages().cellFailed}
    </span>
  );
}

type LoadCell = NonNullable<EntityColumnParams['cell']>;
const cells = new WeakMap<LoadCell, EntityCell>();

/** The component of a column, loaded once for all its cells. */
function loaded(load: LoadCell): EntityCell {
  const cell = cells.get(load) ?? lazy(async () => ({ default: await load() }));
  cells.set(load, cell);
  return cell;
}

/** Keeps a cell that fails from taking the table with it. */
class CellBoundary extends Component<{ children: ReactNode }, { error?: Error }> {
  override state: { error?: Error } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? <Failed error={this.state.error} /> : this.props.children;
  }
}
