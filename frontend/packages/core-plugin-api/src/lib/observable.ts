/** Receives the values of an observable. */
export interface Observer<T> {
  next?(value: T): void;
  error?(error: Error): void;
  complete?(): void;
}

/** Ends the flow of values to an observer. */
export interface Subscription {
  unsubscribe(): void;
}

/** A stream of values that can be watched. */
export interface Observable<T> {
  subscribe(observer: Observer<T> | ((value: T) => void)): Subscription;
}
