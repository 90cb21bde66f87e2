import { EmptyState } from '@callboard/core-components';
import { Unplug } from 'lucide-react';
import type { CircleCIError } from '../api/CircleCIError';
import { EXAMPLE_ENDPOINT, useMessages } from '../translation';

/** Says how the portal is connected to CircleCI, where it is not. */
export function ConnectionHelp({ error }: { error: CircleCIError }) {
  const text = useMessages().connection;
  return (
    <div role="alert">
      <EmptyState
        icon={Unplug}
        title={text.title}
        description={
          <>
            <p>{error.message}</p>
            {error.isPortal && <p>{text.text}</p>}
          </>
        }
        example={{ text: EXAMPLE_ENDPOINT, language: 'yaml', label: text.example }}
      />
    </div>
  );
}
