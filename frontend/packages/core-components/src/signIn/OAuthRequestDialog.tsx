import { oauthRequestApiRef, useApi, type PendingOAuthRequest } from '@callboard/core-plugin-api';
import { lazy, Suspense, useEffect, useState } from 'react';

// Few pages need somebody else's service in the name of the person.
const OAuthRequestList = lazy(() => import('./OAuthRequestList').then(m => ({ default: m.OAuthRequestList })));

/** Asks the person to sign in where plugins wait for it, on their click, so that browsers let windows open. */
export function OAuthRequestDialog() {
  const requestApi = useApi(oauthRequestApiRef);
  const [requests, setRequests] = useState<PendingOAuthRequest[]>([]);
  useEffect(() => {
    const subscription = requestApi.authRequest$().subscribe(setRequests);
    return () => subscription.unsubscribe();
  }, [requestApi]);

  return requests.length > 0 ? (
    <Suspense>
      <OAuthRequestList requests={requests} />
    </Suspense>
  ) : undefined;
}
