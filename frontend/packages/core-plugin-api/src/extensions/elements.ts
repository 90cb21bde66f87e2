import { Children, Fragment, isValidElement, type ReactElement, type ReactNode } from 'react';
import type { FeatureFlagsApi } from '../apis/definitions/featureFlags';
import { FeatureFlagged, type FeatureFlaggedProps } from './FeatureFlagged';

/** All elements among `node`, through fragments and past feature flags that are off. */
export function flattenElements(node: ReactNode, flags?: FeatureFlagsApi): ReactElement<Record<string, unknown>>[] {
  return Children.toArray(node).flatMap(child => {
    if (!isValidElement<Record<string, unknown>>(child)) {
      return [];
    }
    if (child.type === Fragment) {
      return flattenElements(child.props.children as ReactNode, flags);
    }
    if (child.type === FeatureFlagged) {
      const props = child.props as unknown as FeatureFlaggedProps;
      return !flags || isShown(props, flags) ? flattenElements(props.children, flags) : [];
    }
    return [child];
  });
}

function isShown(props: FeatureFlaggedProps, flags: FeatureFlagsApi): boolean {
  return 'with' in props ? flags.isActive(props.with) : !flags.isActive(props.without);
}
