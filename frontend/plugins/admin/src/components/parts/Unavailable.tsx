import { EmptyState, ErrorPanel, NoPermission } from '@callboard/core-components';
import { ResponseError } from '@callboard/errors';
import { CircleSlash } from 'lucide-react';
import { useMessages } from '../../translation';

/** What stands in place of something that could not be read: not allowed, not there in this portal, or failed. */
export function Unavailable(props: {
  error: Error;
  title: string;
  /** Who may see it, and who can change that. */
  denied: string;
  /** What a portal that does not have it offers instead. */
  missing?: string;
  onRetry(): void;
}) {
  const messages = useMessages();
  const { error, title, denied, missing, onRetry } = props;
  const status = error instanceof ResponseError ? error.status : undefined;
  if (status === 403) {
    return <NoPermission error={error} description={denied} />;
  }
  if (status === 404 && missing) {
    return <EmptyState icon={CircleSlash} title={messages.missingTitle} description={missing} />;
  }
  return <ErrorPanel error={error} title={title} onRetry={onRetry} />;
}
