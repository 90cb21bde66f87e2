import { StatusAborted, StatusError, StatusOK, StatusWarning } from '@callboard/core-components';
import type { Endpoint } from '../../api/types';
import { useMessages } from '../../translation';

/** Whether an endpoint lets requests through, and if not, why. */
export function EndpointState({ endpoint: { disabled, circuit } }: { endpoint: Endpoint }) {
  const text = useMessages().proxy;
  if (disabled) {
    return <StatusAborted>{text.statuses.disabled}</StatusAborted>;
  }
  if (circuit === 'OPEN') {
    return (
      <StatusError>
        <span title={text.statusText.open}>{text.statuses.open}</span>
      </StatusError>
    );
  }
  if (circuit === 'HALF_OPEN') {
    return (
      <StatusWarning>
        <span title={text.statusText.halfOpen}>{text.statuses.halfOpen}</span>
      </StatusWarning>
    );
  }
  return <StatusOK>{text.statuses.on}</StatusOK>;
}
