import { Check, NativeSelect } from '@callboard/core-components';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { PERIODS, type AuditState, type Period } from '../../lib/auditState';
import { useMessages } from '../../translation';
import parts from '../parts/parts.module.css';

/** Which changes are shown. What is typed counts when it is left or confirmed by Enter. */
export function AuditFilters(props: {
  state: AuditState;
  onChange(changed: Partial<AuditState>): void;
  /** Absent where all are shown. */
  onClear?: (() => void) | undefined;
}) {
  const text = useMessages().audit;
  const { state, onChange, onClear } = props;
  const [actor, setActor] = useState(state.actor);
  const [action, setAction] = useState(state.action);
  const apply = () => {
    if (actor !== state.actor || action !== state.action) {
      onChange({ actor, action });
    }
  };
  return (
    <form
      className={parts.bar}
      aria-label={text.filters}
      onSubmit={event => {
        event.preventDefault();
        apply();
      }}
    >
      <TextField
        size="small"
        value={actor}
        placeholder={`${text.actor}: ${text.actorExample}`}
        slotProps={{ htmlInput: { 'aria-label': text.actor } }}
        onChange={event => setActor(event.target.value)}
        onBlur={apply}
      />
      <TextField
        size="small"
        value={action}
        placeholder={text.action}
        slotProps={{ htmlInput: { 'aria-label': text.action } }}
        onChange={event => setAction(event.target.value)}
        onBlur={apply}
      />
      <NativeSelect
        label={text.period}
        value={state.period}
        options={(Object.keys(PERIODS) as Period[]).map(value => ({ value, label: text.periods[value] }))}
        onChange={period => onChange({ actor, action, period })}
      />
      <Check label={text.personal} checked={state.personal} onChange={personal => onChange({ actor, action, personal })} />
      {onClear && (
        <Button variant="text" onClick={onClear}>
          {text.clear}
        </Button>
      )}
      {/* Enter confirms a form of several fields only where there is a button for it. */}
      <button type="submit" hidden />
    </form>
  );
}
