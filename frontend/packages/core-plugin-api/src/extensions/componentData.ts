import { isValidElement, type ComponentType, type ReactNode } from 'react';

const DATA = Symbol.for('callboard.component-data');

type WithData = { [DATA]?: Map<string, unknown> };

/** Marks a component with data the app reads from its element tree. Each key can be set once. */
export function attachComponentData<Props>(component: ComponentType<Props>, key: string, data: unknown): void {
  const target = component as WithData;
  target[DATA] ??= new Map();
  if (target[DATA].has(key)) {
    const name = component.displayName ?? component.name;
    throw new Error(`Attempted to attach duplicate data "${key}" to component "${name}"`);
  }
  target[DATA].set(key, data);
}

/** The data attached to an element's component. */
export function getComponentData<T>(node: ReactNode, key: string): T | undefined {
  return isValidElement(node) ? attachedData<T>(node.type, key) : undefined;
}

/** The data attached to a component; undefined for anything else. */
export function attachedData<T>(component: unknown, key: string): T | undefined {
  return typeof component === 'function' ? ((component as WithData)[DATA]?.get(key) as T | undefined) : undefined;
}
