import { createObservable, type OAuthRequestApi, type OAuthRequester, type OAuthRequesterOptions, type PendingOAuthRequest } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';
import { BehaviorSubject } from '../lib/Subject';

interface Waiting<Answer> {
  scopes: Set<string>;
  resolve(answer: Answer): void;
  reject(error: Error): void;
}

/** Gathers who needs the person to sign in, a request for each provider. Where nobody asks the person, windows open at once. */
export class OAuthRequestManager implements OAuthRequestApi {
  private readonly requests = new BehaviorSubject<PendingOAuthRequest[]>([]);
  private listeners = 0;

  createAuthRequester<Answer>({ provider, onAuthRequest }: OAuthRequesterOptions<Answer>): OAuthRequester<Answer> {
    let waiting: Waiting<Answer>[] = [];
    let request: PendingOAuthRequest | undefined;

    const finish = (done: readonly Waiting<Answer>[]) => {
      waiting = waiting.filter(one => !done.includes(one));
      if (waiting.length === 0) {
        this.requests.next(this.requests.value.filter(other => other !== request));
        request = undefined;
      }
    };
    const create = (): PendingOAuthRequest => ({
      provider,
      reject: () => {
        const rejected = waiting;
        finish(rejected);
        rejected.forEach(({ reject }) => reject(named('RejectedError', `You did not sign in with ${provider.title}`)));
      },
      trigger: async () => {
        // Those who come while the window is open may ask for more than it grants, and wait on.
        const served = waiting;
        const answer = await onAuthRequest(new Set(served.flatMap(({ scopes }) => [...scopes])));
        finish(served);
        served.forEach(({ resolve }) => resolve(answer));
      },
    });

    return scopes => {
      if (this.listeners === 0) {
        return onAuthRequest(scopes);
      }
      return new Promise((resolve, reject) => {
        waiting = [...waiting, { scopes, resolve, reject }];
        if (!request) {
          request = create();
          this.requests.next([...this.requests.value, request]);
        }
      });
    };
  }

  authRequest$(): Observable<PendingOAuthRequest[]> {
    return createObservable(next => {
      this.listeners += 1;
      const { unsubscribe } = this.requests.subscribe(next);
      return () => {
        this.listeners -= 1;
        unsubscribe();
      };
    });
  }
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}
