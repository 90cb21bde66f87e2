/** Receives the values of an observable. */
export type Observer<T> = {
  next?(value: T): void;
  error?(error: Error): void;
  complete?(): void;
};

/** Ends the flow of values to an observer. */
export type Subscription = {
  unsubscribe(): void;
  /** Whether nothing comes any more. */
  readonly closed: boolean;
};

/** A stream of values that can be watched. */
export type Observable<T> = {
  subscribe(observer: Observer<T>): Subscription;
  subscribe(onNext?: (value: T) => void, onError?: (error: Error) => void, onComplete?: () => void): Subscription;
};
