import { useMessages } from '../../translation';
import { EntityLifecycleFilter, EntityNamespaceFilter, EntityOwnerFilter, EntityTagFilter } from '../filters';
import { EntityAutocompletePicker } from './EntityAutocompletePicker';

export interface EntityOwnerPickerProps {
  /** In both only who owns something is offered. */
  mode?: 'owners-only' | 'all';
}

/** Chooses among the owners of what is listed. */
export function EntityOwnerPicker(_props: EntityOwnerPickerProps) {
  const { owner } = useMessages().index.facets;
  return <EntityAutocompletePicker label={owner} name="owners" path="relations.ownedBy" Filter={EntityOwnerFilter} />;
}

export function EntityLifecyclePicker({ initialFilter }: { initialFilter?: readonly string[] }) {
  const { lifecycle } = useMessages().index.facets;
  return (
    <EntityAutocompletePicker
      label={lifecycle}
      name="lifecycles"
      path="spec.lifecycle"
      Filter={EntityLifecycleFilter}
      initialSelectedOptions={initialFilter}
    />
  );
}

export interface EntityTagPickerProps {
  showCounts?: boolean;
  initialFilter?: readonly string[];
  /** Filters without showing it. */
  hidden?: boolean;
}

export function EntityTagPicker({ showCounts, initialFilter, hidden }: EntityTagPickerProps) {
  const { tag } = useMessages().index.facets;
  return (
    <EntityAutocompletePicker
      label={tag}
      name="tags"
      path="metadata.tags"
      Filter={EntityTagFilter}
      showCounts={showCounts}
      initialSelectedOptions={initialFilter}
      hidden={hidden}
    />
  );
}

export interface EntityNamespacePickerProps {
  initiallySelectedNamespaces?: readonly string[];
}

/** Only where there are several namespaces. */
export function EntityNamespacePicker({ initiallySelectedNamespaces }: EntityNamespacePickerProps) {
  const { namespace } = useMessages().index.facets;
  return (
    <EntityAutocompletePicker
      label={namespace}
      name="namespace"
      path="metadata.namespace"
      Filter={EntityNamespaceFilter}
      initialSelectedOptions={initiallySelectedNamespaces}
      needsSeveral
    />
  );
}
