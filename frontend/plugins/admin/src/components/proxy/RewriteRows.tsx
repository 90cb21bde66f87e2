import { FieldRows } from '@callboard/core-components';
import TextField from '@mui/material/TextField';
import type { EndpointDraft } from '../../lib/endpointDraft';
import { useMessages } from '../../translation';

/** Rules by which paths are rewritten. */
export function RewriteRows(props: {
  rules: EndpointDraft['pathRewrite'];
  invalid: boolean | undefined;
  onChange(rules: EndpointDraft['pathRewrite']): void;
}) {
  const text = useMessages().form;
  const { rules, invalid, onChange } = props;
  return (
    <FieldRows
      title={text.pathRewrite}
      rows={rules}
      empty={{ pattern: '', replacement: '' }}
      addLabel={text.addRule}
      removeLabel={text.removeRule}
      help={text.pathRewriteHelp}
      problem={invalid && text.pathRewriteInvalid}
      onChange={onChange}
      renderRow={({ pattern, replacement }, number, change) => (
        <>
          <TextField
            size="small"
            value={pattern}
            placeholder="^/api/proxy/circleci/api/"
            slotProps={{ htmlInput: { 'aria-label': text.pattern(number) } }}
            onChange={event => change({ pattern: event.target.value })}
          />
          <TextField
            size="small"
            value={replacement}
            placeholder="/"
            slotProps={{ htmlInput: { 'aria-label': text.replacement(number) } }}
            onChange={event => change({ replacement: event.target.value })}
          />
        </>
      )}
    />
  );
}
