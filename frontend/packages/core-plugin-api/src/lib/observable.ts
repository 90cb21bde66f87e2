import type { Observable, Observer, Subscription } from '@callboard/types';

/**
 * Makes an observable. `begin` is told for each observer how values reach it, and answers how they stop; they neither end
 * by themselves nor fail.
 */
export function createObservable<T>(begin: (next: (value: T) => void) => () => void): Observable<T> {
  return {
    subscribe: (observer?: Observer<T> | ((value: T) => void)): Subscription => {
      let closed = false;
      const end = begin(value => {
        if (!closed) {
          (typeof observer === 'function' ? observer : observer?.next?.bind(observer))?.(value);
        }
      });
      return {
        unsubscribe: () => {
          if (!closed) {
            closed = true;
            end();
          }
        },
        get closed() {
          return closed;
        },
      };
    },
  };
}
