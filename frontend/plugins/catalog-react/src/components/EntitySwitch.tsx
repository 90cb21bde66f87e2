import type { Entity } from '@callboard/catalog-model';
import { flattenElements } from '@callboard/core-plugin-api';
import type { ReactNode } from 'react';
import { useEntity } from './EntityContext';

export interface EntitySwitchCaseProps {
  if?(entity: Entity): boolean;
  children?: ReactNode;
}

/** One of several contents. */
function EntitySwitchCase(_props: EntitySwitchCaseProps) {
  return undefined;
}

/** Shows the first case that fits the page's entity; one without a condition always does. */
function EntitySwitchRoot({ children }: { children?: ReactNode }) {
  const { entity } = useEntity();
  return flattenElements(children)
    .map(({ props }) => props as unknown as EntitySwitchCaseProps)
    .find(({ if: matches }) => matches?.(entity) ?? true)?.children;
}

/** Shows one of several contents, by the page's entity. Compose it of `EntitySwitch.Case`s. */
export const EntitySwitch = Object.assign(EntitySwitchRoot, { Case: EntitySwitchCase });

/** A condition on an entity's kind. */
export function isKind(...kinds: string[]): (entity: Entity) => boolean {
  const wanted = kinds.map(kind => kind.toLowerCase());
  return entity => wanted.includes(entity.kind.toLowerCase());
}

/** A condition on the type of a component. */
export function isComponentType(...types: string[]): (entity: Entity) => boolean {
  const wanted = types.map(type => type.toLowerCase());
  return entity =>
    isKind('component')(entity) && typeof entity.spec?.type === 'string' && wanted.includes(entity.spec.type.toLowerCase());
}
