import type { Entity } from '@callboard/catalog-model';
import { Skeleton } from '@callboard/core-components';
import { ExtensionProvider, useExtensions, useInstalledTexts, type InstalledExtension } from '@callboard/core-plugin-api';
import { Component, createElement, lazy, Suspense, useMemo, type ReactNode } from 'react';
import { entityColumnKind, isForEntity, type EntityCell, type EntityColumnParams } from '../../extensions';
import { useMessages } from '../../translation';
import type { EntityColumn } from './columns';
import styles from './EntityTable.module.css';

type Extension = InstalledExtension<EntityColumnParams>;

/** The columns that plugins offer for a kind. */
export function usePluginColumns(): (kind: string | undefined) => (EntityColumn & { shown: boolean })[] {
  const extensions = useExtensions(entityColumnKind);
  const textOf = useInstalledTexts();
  return useMemo(
    () => kind =>
      extensions
        .filter(({ params: { kinds } }) => kind === undefined || !kinds || kinds.includes(kind.toLowerCase()))
        .map(extension => {
          const { title, width, fields, shown = false } = extension.params;
          return {
            id: extension.id.slice(entityColumnKind.id.length + 1),
            title: textOf(title, extension.plugin.getId()),
            width,
            fields,
            shown,
            optional: true,
            render: entity => <PluginCell extension={extension} entity={entity} />,
          };
        }),
    [extensions, textOf],
  );
}

function PluginCell({ extension, entity }: { extension: Extension; entity: Entity }) {
  const text = useMessages();
  if (!isForEntity(extension, entity)) {
    return undefined;
  }
  return (
    <CellBoundary fallback={<span className={styles.faint}>{text.cellFailed}</span>}>
      <Suspense fallback={<Skeleton width="60%" />}>
        <ExtensionProvider extension={extension}>{createElement(loaded(extension.params.cell), { entity })}</ExtensionProvider>
      </Suspense>
    </CellBoundary>
  );
}

const cells = new WeakMap<EntityColumnParams['cell'], EntityCell>();

/** The component of a column, loaded once for all its cells. */
function loaded(load: EntityColumnParams['cell']): EntityCell {
  const cell = cells.get(load) ?? lazy(async () => ({ default: await load() }));
  cells.set(load, cell);
  return cell;
}

/** Keeps a cell that fails from taking the table with it. */
class CellBoundary extends Component<{ fallback: ReactNode; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    return this.state.failed ? this.props.fallback : this.props.children;
  }
}
