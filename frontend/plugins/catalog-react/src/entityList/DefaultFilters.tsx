import type { UserListFilterKind } from './filters';
import { EntityKindPicker } from './pickers/EntityKindPicker';
import { EntityProcessingStatusPicker } from './pickers/EntityProcessingStatusPicker';
import { EntityTypePicker } from './pickers/EntityTypePicker';
import { UserListPicker } from './pickers/UserListPicker';
import { EntityLifecyclePicker, EntityNamespacePicker, EntityOwnerPicker, EntityTagPicker } from './pickers/valuePickers';

export interface DefaultFiltersProps {
  initialKind?: string;
  initiallySelectedFilter?: UserListFilterKind;
  ownerPickerMode?: 'owners-only' | 'all';
  initiallySelectedNamespaces?: readonly string[];
}

/** The pickers that a list of entities usually has. */
export function DefaultFilters(props: DefaultFiltersProps) {
  const { initialKind, initiallySelectedFilter, ownerPickerMode, initiallySelectedNamespaces } = props;
  return (
    <>
      <EntityKindPicker initialFilter={initialKind} />
      <UserListPicker initialFilter={initiallySelectedFilter} />
      <EntityTypePicker />
      <EntityOwnerPicker mode={ownerPickerMode} />
      <EntityLifecyclePicker />
      <EntityTagPicker />
      <EntityNamespacePicker initiallySelectedNamespaces={initiallySelectedNamespaces} />
      <EntityProcessingStatusPicker />
    </>
  );
}
