import type { ReactNode } from 'react';
import { featureFlagsApiRef } from '../apis/definitions/featureFlags';
import { useApi } from '../apis/useApi';

export type FeatureFlaggedProps = { children?: ReactNode } & ({ with: string } | { without: string });

/** Shows its children while a flag is on, or while it is off. */
export function FeatureFlagged(props: FeatureFlaggedProps) {
  const flags = useApi(featureFlagsApiRef);
  const shown = 'with' in props ? flags.isActive(props.with) : !flags.isActive(props.without);
  return shown ? props.children : undefined;
}
