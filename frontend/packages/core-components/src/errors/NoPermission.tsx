import { configApiRef, useOptionalApiHolder } from '@callboard/core-plugin-api';
import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from '../code/CopyButton';
import { Link } from '../links/Link';
import { useMessages } from '../translation';
import { describeError } from './describeError';
import { EmptyState } from './EmptyState';

/** In place of what somebody may not see: who can grant it, and where to ask. */
export function NoPermission({ error, description }: { error: Error; description?: ReactNode }) {
  const messages = useMessages();
  const support = useOptionalApiHolder()?.get(configApiRef)?.getOptionalString('app.support.url');
  return (
    <div role="alert">
      <EmptyState
        icon={Lock}
        title={messages.error.deniedTitle}
        description={description ?? messages.error.deniedText}
        action={
          <>
            {support && <Link to={support}>{messages.support.where}</Link>}
            <CopyButton text={describeError(error, messages).details} label={messages.copyDetails} />
          </>
        }
      />
    </div>
  );
}
