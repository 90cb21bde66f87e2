import { TitledDialog } from '@callboard/core-components';
import type { Endpoint } from '../../api/types';
import { messages } from '../../messages';
import { EndpointTest } from './EndpointTest';

/** Tries an endpoint as it is. */
export function TestDialog({ endpoint, onClose }: { endpoint: Endpoint; onClose(): void }) {
  return (
    <TitledDialog title={messages.endpoint.testTitle(endpoint.route)} onClose={onClose}>
      <EndpointTest endpoint={endpoint} />
    </TitledDialog>
  );
}
