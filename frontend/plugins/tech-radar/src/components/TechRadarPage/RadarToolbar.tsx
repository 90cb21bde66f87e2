import { SearchInput, SegmentedControl } from '@callboard/core-components';
import type { TechRadarLoaderResponse } from '@callboard/plugin-tech-radar-common';
import type { Movement } from '../../lib/radarEntries';
import { messages } from '../../messages';
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
  const { radar, state, shown, total, onChange } = props;
  return (
    <div className={styles.toolbar}>
      <SearchInput label={messages.search} value={state.text} onChange={text => onChange({ text })} />
      <select
        className={styles.select}
        aria-label={messages.quadrants}
        value={state.quadrant ?? ''}
        onChange={event => onChange({ quadrant: event.target.value || undefined })}
      >
        <option value="">{`${messages.quadrants}: ${messages.allQuadrants.toLowerCase()}`}</option>
        {radar.quadrants.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label={messages.movements}
        value={state.movement ?? ''}
        onChange={event => onChange({ movement: (event.target.value || undefined) as Movement | undefined })}
      >
        <option value="">{messages.anyMovement}</option>
        {Object.entries(messages.movement).map(([value, label]) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
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
