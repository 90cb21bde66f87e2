import { SearchInput, SegmentedControl, Select } from '@callboard/core-components';
import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import { MOVEMENTS } from '../../lib/radarEntries';
import { useMessages } from '../../translation';
import type { RadarState } from './useRadarState';
import styles from './TechRadarPage.module.css';

/** Narrows the radar. */
export function RadarToolbar(props: {
  radar: TechRadarLoaderResponse;
  state: RadarState;
  shown: number;
  total: number;
  onChange(change: Partial<RadarState>): void;
}) {
  const messages = useMessages();
  const { radar, state, shown, total, onChange } = props;
  return (
    <div className={styles.toolbar}>
      <SearchInput label={messages.search} value={state.text} onChange={text => onChange({ text })} />
      <Select
        label={messages.quadrants}
        value={state.quadrant ?? ''}
        onChange={quadrant => onChange({ quadrant: quadrant || undefined })}
        options={[
          { value: '', label: messages.allQuadrants },
          ...radar.quadrants.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <Select
        label={messages.movements}
        value={state.movement ?? ''}
        onChange={movement => onChange({ movement: movement || undefined })}
        options={[
          { value: '', label: messages.anyMovement },
          ...MOVEMENTS.map(value => ({ value, label: messages.movement[value] })),
        ]}
      />
      <span className={styles.shown} role="status">
        {messages.shown(shown, total)}
      </span>
      <SegmentedControl
        label={messages.view}
        value={state.view}
        onChange={view => onChange({ view })}
        segments={[
          { value: 'radar', label: messages.views.radar },
          { value: 'table', label: messages.views.table },
        ]}
      />
    </div>
  );
}
