import { TitledDialog } from '@callboard/core-components';
import type { Endpoint } from '../../api/types';
import { useMessages } from '../../translation';
import { EndpointTest } from './EndpointTest';

/** Tries an endpoint as it is. */
export function TestDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose(): void }) {
  const messages = useMessages();
  return (
    <TitledDialog title={messages.endpoint.testTitle(endpoint.route)} onClose={onClose}>
      <EndpointTest endpoint={endpoint} />
    </TitledDialog>
  );
}
