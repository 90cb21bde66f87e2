import { createObservable } from '@callboard/core-plugin-api';
import type { Observable } from '@callboard/types';

/** An observable that its owner feeds. */
export class Subject<T> implements Observable<T> {
  private readonly observers = new Set<(value: T) => void>();

  readonly subscribe = createObservable<T>(next => {
    this.observers.add(next);
    this.welcome(next);
    return () => void this.observers.delete(next);
  }).subscribe;

  next(value: T): void {
    for (const observer of [...this.observers]) {
      observer(value);
    }
  }

  /** What a new observer is told first. */
  protected welcome(_next: (value: T) => void): void {}
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

  protected override welcome(next: (value: T) => void): void {
    next(this.current);
  }
}
