import type { Observable, Observer, Subscription } from '@callboard/core-plugin-api';

/** An observable that its owner feeds. */
export class Subject<T> implements Observable<T> {
  private readonly observers = new Set<(value: T) => void>();

  next(value: T): void {
    for (const observer of [...this.observers]) {
      observer(value);
    }
  }

  subscribe(observer: Observer<T> | ((value: T) => void)): Subscription {
    const listener = (value: T) => (typeof observer === 'function' ? observer(value) : observer.next?.(value));
    this.observers.add(listener);
    return { unsubscribe: () => this.observers.delete(listener) };
  }
}

/** A subject that tells a new observer the latest value first. */
export class BehaviorSubject<T> extends Subject<T> {
  constructor(private current: T) {
    super();
  }

  get value(): T {
    return this.current;
  }

  override next(value: T): void {
    this.current = value;
    super.next(value);
  }

  override subscribe(observer: Observer<T> | ((value: T) => void)): Subscription {
    const subscription = super.subscribe(observer);
    if (typeof observer === 'function') {
      observer(this.current);
    } else {
      observer.next?.(this.current);
    }
    return subscription;
  }
}
