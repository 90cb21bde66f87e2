import { typeTitle } from '../../entities/kinds';
import { refTitle } from '../../entities/presentation';
import type { ReferencedEntities } from '../../hooks/useEntitiesByRefs';

/** What a value of a facet is called on screen. */
export function facetTitle(name: string, value: string, owners: ReferencedEntities): string {
  switch (name) {
    case 'owner':
      return owners.title(value) ?? refTitle(value, 'group');
    case 'type':
      return typeTitle(value);
    default:
      return value;
  }
}
