const REDIRECTED = 'callboard.signIn.redirected';

/** Leaves for the page of a provider, which comes back to where the person is now. The promise ends with the page. */
export function signInByRedirect(url: string): Promise<never> {
  sessionStorage.setItem(REDIRECTED, '1');
  window.open(url, '_self');
  return new Promise(() => undefined);
}

/** What went wrong at the provider, when the page was just come back to; told once. Pages may have an `error` of their own. */
export function takeRedirectFailure(params: URLSearchParams): Error | undefined {
  const wasRedirected = sessionStorage.getItem(REDIRECTED) !== null;
  sessionStorage.removeItem(REDIRECTED);
  const message = params.get('error');
  return wasRedirected && message ? new Error(message) : undefined;
}
