import { ErrorPanel } from '@callboard/core-components';
import { useMessages } from '../../translation';

/** Why something could not be registered. Who may not register anything is told so, not to correct a file. */
export function ImportError({ error, title, hint }: { error: Error & { status?: number }; title: string; hint?: string }) {
  const messages = useMessages();
  return error.status === 403 ? (
    <ErrorPanel error={error} title={messages.deniedTitle} />
  ) : (
    <ErrorPanel error={error} title={title} hint={hint} />
  );
}
