import { stringifyEntityRef } from '@callboard/catalog-model';
import { useApi } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import { catalogApiRef } from '../../apis/catalogApi';
import { useMessages } from '../../translation';
import { EntityLifecycleFilter, EntityNamespaceFilter, EntityOwnerFilter, EntityTagFilter } from '../filters';
import { EntityAutocompletePicker } from './EntityAutocompletePicker';

export interface EntityOwnerPickerProps {
  /** Who is offered: who owns something of what is listed, or every group and person. */
  mode?: 'owners-only' | 'all';
}

/** So many groups and people are offered; others are found by what they own. */
const MOST_OWNERS = 1000;

/** Chooses among owners. */
export function EntityOwnerPicker({ mode = 'owners-only' }: EntityOwnerPickerProps) {
  const { owner } = useMessages().index.facets;
  const owners = usePossibleOwners(mode === 'all');
  return <EntityAutocompletePicker label={owner} name="owners" path="relations.ownedBy" Filter={EntityOwnerFilter} furtherValues={owners} />;
}

function usePossibleOwners(isWanted: boolean): string[] | undefined {
  const catalogApi = useApi(catalogApiRef);
  const { data } = useQuery({
    queryKey: ['catalog', 'possible-owners'],
    enabled: isWanted,
    queryFn: async ({ signal }) => {
      const request = { filter: { kind: ['group', 'user'] }, fields: ['kind', 'metadata.name', 'metadata.namespace'], limit: MOST_OWNERS };
      const { items } = await catalogApi.queryEntities(request, { signal });
      return items.map(stringifyEntityRef);
    },
  });
  return data;
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
