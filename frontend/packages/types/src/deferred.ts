/** A promise that its owner settles. */
export type DeferredPromise<TResolved = void, TRejected = Error> = Promise<TResolved> & {
  resolve(value: TResolved | PromiseLike<TResolved>): void;
  reject(reason?: TRejected): void;
};

/** Makes a promise that is settled by its own `resolve` or `reject`. */
export function createDeferred<TResolved = void, TRejected = Error>(): DeferredPromise<TResolved, TRejected> {
  let settle: Pick<DeferredPromise<TResolved, TRejected>, 'resolve' | 'reject'> | undefined;
  const promise = new Promise<TResolved>((resolve, reject) => (settle = { resolve, reject }));
  return Object.assign(promise, settle);
}
