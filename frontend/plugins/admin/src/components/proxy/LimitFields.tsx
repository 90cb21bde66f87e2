import { FieldGroup, TextInput } from '@callboard/core-components';
import { LIMITS, type DraftProblems, type EndpointDraft } from '../../lib/endpointDraft';
import { useMessages } from '../../translation';
import styles from './proxy.module.css';

/** What an endpoint allows itself; what it does without is shown where nothing is entered. */
export function LimitFields(props: {
  limits: EndpointDraft['limits'];
  problems: DraftProblems;
  onChange(limits: EndpointDraft['limits']): void;
}) {
  const text = useMessages().form;
  const { limits, problems, onChange } = props;
  return (
    <FieldGroup label={text.limits}>
      <div className={styles.pair}>
        {LIMITS.map(name => (
          <TextInput
            key={name}
            label={text.limit[name]}
            placeholder={text.limitDefaults[name]}
            problem={problems[name] && (name.endsWith('Timeout') ? text.durationInvalid : text.numberInvalid)}
            value={limits[name]}
            onChange={value => onChange({ ...limits, [name]: value })}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
