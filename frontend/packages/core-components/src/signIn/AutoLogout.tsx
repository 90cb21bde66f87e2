import { configApiRef, useApi } from '@callboard/core-plugin-api';
import { lazy, Suspense } from 'react';

const IdleWatch = lazy(() => import('./IdleWatch').then(m => ({ default: m.IdleWatch })));

export interface AutoLogoutProps {
  /** Whether people are signed out at all. Each of these is `auth.autologout.<name>` of the configuration where it is left out. */
  enabled?: boolean;
  /** After how long without a sign of them, an hour by itself; at least half a minute. */
  idleTimeoutMinutes?: number;
  /** How long they are asked before, 10 seconds by itself. */
  promptBeforeIdleSeconds?: number;
  /** Signs out those who come back later than that to a page that was closed meanwhile; so it is by itself. */
  logoutIfDisconnected?: boolean;
}

/** Signs people out who have not been at the screen for long, after asking whether they are still there. */
export function AutoLogout(props: AutoLogoutProps) {
  const config = useApi(configApiRef).getOptionalConfig('auth.autologout');
  if (!(props.enabled ?? config?.getOptionalBoolean('enabled'))) {
    return undefined;
  }
  const idleMinutes = props.idleTimeoutMinutes ?? config?.getOptionalNumber('idleTimeoutMinutes') ?? 60;
  const promptSeconds = props.promptBeforeIdleSeconds ?? config?.getOptionalNumber('promptBeforeIdleSeconds') ?? 10;
  return (
    <Suspense>
      <IdleWatch
        idleMs={Math.max(idleMinutes, 0.5) * 60_000}
        promptMs={promptSeconds * 1000}
        alsoAway={props.logoutIfDisconnected ?? config?.getOptionalBoolean('logoutIfDisconnected') ?? true}
      />
    </Suspense>
  );
}
