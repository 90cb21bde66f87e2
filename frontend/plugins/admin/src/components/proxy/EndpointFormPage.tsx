import { EmptyState, LoadingBlock } from '@callboard/core-components';
import { CircleSlash } from 'lucide-react';
import { useSearchParams } from 'react-router-dom';
import { useEndpoints } from '../../hooks/useAdmin';
import { useMessages } from '../../translation';
import { Unavailable } from '../parts/Unavailable';
import { EndpointForm } from './EndpointForm';

/** The form of a new endpoint, or of one that is there. */
export function EndpointFormPage() {
  const messages = useMessages();
  const text = messages.proxy;
  const [params] = useSearchParams();
  const id = params.get('id');
  // Also for a new one: who may not see endpoints may not make any.
  const { data: endpoints, error, refetch } = useEndpoints();
  if (error) {
    return <Unavailable error={error} title={text.failed} denied={text.denied} onRetry={() => void refetch()} />;
  }
  if (!endpoints) {
    return <LoadingBlock height={480} />;
  }
  const endpoint = endpoints.find(one => one.id === id);
  if (id && endpoint?.origin !== 'API') {
    return <EmptyState icon={CircleSlash} title={messages.endpoint.missingTitle} description={endpoint ? messages.endpoint.readOnly : messages.endpoint.missingText} />;
  }
  return <EndpointForm key={endpoint?.revision} endpoint={endpoint} />;
}
