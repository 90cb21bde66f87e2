import { Field, Select, TextInput } from '@callboard/core-components';
import type { Parameter } from '../lib/openApi';
import { useMessages } from '../translation';

/** A parameter of an operation to be filled in: a choice where its values are known, else a line of text. */
export function ParameterField(props: { parameter: Parameter; value: string; problem: string | false; onChange(value: string): void }) {
  const messages = useMessages();
  const { parameter, value, problem, onChange } = props;
  const { name, required, choices, type, description, example } = parameter;
  const label = `${name} (${parameter.in})`;
  if (choices.length > 0) {
    const offered = required ? choices : ['', ...choices];
    return (
      <Field label={required ? `${label}, ${messages.definition.required}` : label}>
        <Select label={label} value={value} onChange={onChange} options={offered.map(one => ({ value: one, label: one || messages.tryIt.unset }))} />
      </Field>
    );
  }
  return (
    <TextInput
      label={required ? `${label}, ${messages.definition.required}` : label}
      help={description}
      problem={problem}
      placeholder={example || type}
      required={required}
      value={value}
      onChange={onChange}
    />
  );
}
