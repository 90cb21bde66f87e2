import { SegmentedControl } from '@callboard/core-components';
import { useMessages } from '../../translation';
import type { ChangeIndex } from '../hooks/useChange';
import { useListCounts } from '../hooks/useFacets';
import { changeState, LIST_NAMES, type IndexState } from '../lib/indexState';
import type { KnownRefs } from '../lib/selection';

/** All, what I own, what I starred. */
export function ListPicker(props: {
  state: IndexState;
  known: KnownRefs | undefined;
  /** False while it is not known which of them is shown. */
  isDecided: boolean;
  onChange: ChangeIndex;
}) {
  const messages = useMessages();
  const { state, known, isDecided, onChange } = props;
  const counts = useListCounts(state, known);
  return (
    <SegmentedControl
      label={messages.index.listLabel}
      segments={LIST_NAMES.map(list => ({ value: list, label: messages.index.lists[list], count: counts[list] }))}
      value={isDecided ? state.list : undefined}
      onChange={list => onChange(before => changeState(before, { list }))}
    />
  );
}
