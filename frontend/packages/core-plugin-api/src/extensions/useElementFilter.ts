import { isValidElement, useMemo, type ReactElement, type ReactNode } from 'react';
import { featureFlagsApiRef, type FeatureFlagsApi } from '../apis/definitions/featureFlags';
import { useApi } from '../apis/useApi';
import { getComponentData } from './componentData';
import { flattenElements } from './elements';

/** Elements that a component was given, to be searched by what is attached to their components. */
export interface ElementCollection {
  /**
   * Only elements whose components have data under a key, or below those that have none. With `withStrictError` any other
   * element is an error of that text.
   */
  selectByComponentData(query: { key: string; withStrictError?: string }): ElementCollection;
  /** The data under a key, of each element that has some. */
  findComponentData<T>(query: { key: string }): T[];
  getElements<Props extends { [name: string]: unknown }>(): ReactElement<Props>[];
}

/** Reads the elements among `node`, through fragments and past feature flags that are off. */
export function useElementFilter<T>(
  node: ReactNode,
  filter: (elements: ElementCollection) => T,
  dependencies: readonly unknown[] = [],
): T {
  const flags = useApi(featureFlagsApiRef);
  // The filter is new each time; what it depends on is said by the caller, as with `useMemo`.
  // eslint-disable-next-line react-hooks/exhaustive-deps, react-hooks/use-memo
  return useMemo(() => filter(collection(flattenElements(node, flags), flags)), [node, flags, ...dependencies]);
}

function collection(elements: readonly ReactElement<Record<string, unknown>>[], flags: FeatureFlagsApi): ElementCollection {
  return {
    selectByComponentData: ({ key, withStrictError }) =>
      collection(
        elements.flatMap(element => select(element, key, withStrictError, flags)),
        flags,
      ),
    findComponentData: <T>({ key }: { key: string }) =>
      elements.flatMap(element => {
        const data = getComponentData<T>(element, key);
        return data === undefined ? [] : [data];
      }),
    getElements: <Props extends { [name: string]: unknown }>() => elements.filter(element => isValidElement(element)) as ReactElement<Props>[],
  };
}

function select(
  element: ReactElement<Record<string, unknown>>,
  key: string,
  strictError: string | undefined,
  flags: FeatureFlagsApi,
): ReactElement<Record<string, unknown>>[] {
  if (getComponentData(element, key) !== undefined) {
    return [element];
  }
  if (strictError !== undefined) {
    throw new Error(strictError);
  }
  return flattenElements(element.props.children as ReactNode, flags).flatMap(child => select(child, key, strictError, flags));
}
