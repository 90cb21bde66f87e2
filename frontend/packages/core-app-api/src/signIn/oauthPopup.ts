const WIDTH = 450;
const HEIGHT = 730;
const POLL_MS = 100;

/** What the page in the popup sends when it is done. */
type PopupMessage = { type?: string; response?: unknown; error?: { name?: string; message?: string } };

/** Lets a person sign in in a window of its own, and answers what that window's last page sends. */
export function signInByPopup(url: string, name: string): Promise<unknown> {
  const left = window.screenX + (window.outerWidth - WIDTH) / 2;
  const top = window.screenY + (window.outerHeight - HEIGHT) / 2;
  const popup = window.open(url, name, `width=${WIDTH},height=${HEIGHT},left=${left},top=${top}`);
  if (!popup) {
    return Promise.reject(named('PopupBlockedError', 'The browser did not open the sign-in window. Allow this site to open windows, then try again.'));
  }
  const { origin } = new URL(url, window.location.href);
  return new Promise((resolve, reject) => {
    const finish = (done: () => void) => {
      window.removeEventListener('message', onMessage);
      clearInterval(timer);
      popup.close();
      done();
    };
    const onMessage = (event: MessageEvent<PopupMessage | undefined>) => {
      // Any page may send messages; only the window that was opened, and only from the portal, is believed.
      if (event.source !== popup || event.origin !== origin || event.data?.type !== 'authorization_response') {
        return;
      }
      const { response, error } = event.data;
      finish(() =>
        error ? reject(named(error.name ?? 'Error', error.message ?? 'Signing in failed')) : resolve(response),
      );
    };
    window.addEventListener('message', onMessage);
    let wasClosed = false;
    const timer = setInterval(() => {
      // A window that closes itself right after its message may be seen closed before the message is.
      if (popup.closed && wasClosed) {
        finish(() => reject(named('PopupClosedError', 'Login failed, popup was closed')));
      }
      wasClosed = popup.closed;
    }, POLL_MS);
  });
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
