import { claimsOf } from '@callboard/core-components/claimsOf';
import type { ProfileInfo, UserIdentity } from '@callboard/core-plugin-api';

/** What the gateway answers to whoever signs in or comes back. */
export interface Session {
  profile: ProfileInfo;
  providerInfo?: { idToken?: string; accessToken: string; scope: string; expiresInSeconds?: number };
  backstageIdentity?: { token: string; identity: UserIdentity };
}

const UNREAD_LASTS_MS = 10 * 60_000;

/** When a token runs out, in milliseconds; one that cannot be read is taken to last ten minutes. */
export function expiryOf(token: string, now: number): number {
  const { exp } = claimsOf(token);
  return typeof exp === 'number' ? exp * 1000 : now + UNREAD_LASTS_MS;
}

/** Whether a value from outside is a session of somebody whom the portal knows. */
export function isSession(value: unknown): value is Session {
  const { profile, backstageIdentity } = (value ?? {}) as Partial<Session>;
  return (
    typeof profile === 'object' &&
    (backstageIdentity === undefined ||
      (typeof backstageIdentity.token === 'string' && typeof backstageIdentity.identity?.userEntityRef === 'string'))
  );
}
