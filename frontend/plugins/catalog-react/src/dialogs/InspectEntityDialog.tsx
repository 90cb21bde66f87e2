import type { Entity } from '@callboard/catalog-model';
import { lazy, Suspense, useState } from 'react';

// It has a graph and writes YAML, and is seldom looked at.
const InspectDialog = lazy(() => import('./InspectDialog/InspectDialog').then(m => ({ default: m.InspectDialog })));

export type InspectTab = 'overview' | 'ancestry' | 'colocated' | 'yaml' | 'json';

/** Shows what the catalog knows of an entity beyond what it says of itself. */
export function InspectEntityDialog(props: {
  open: boolean;
  entity: Entity;
  /** The view that is shown at first; Backstage's links name some of them `raw-yaml` and `raw-json`. */
  initialTab?: InspectTab | (string & {});
  onClose(): void;
  onSelect?(tab: string): void;
}) {
  const { open, entity, initialTab = 'overview', onClose, onSelect } = props;
  const [chosen, setChosen] = useState({ initialTab, tab: initialTab });
  const view = chosen.initialTab === initialTab ? chosen.tab : initialTab;
  const select = (tab: string) => {
    setChosen({ initialTab, tab });
    onSelect?.(tab);
  };
  return <Suspense>{open && <InspectDialog entity={entity} view={view} onView={select} onClose={onClose} />}</Suspense>;
}
