import { stringifyEntityRef } from '@callboard/catalog-model';
import { useOffers } from '@callboard/core-components';
import { useAsyncEntity } from '../components/EntityContext';

/** Whether the person may do something with the page's entity. Nothing is allowed while that is not known. */
export function useEntityPermission(permission: { name: string } | string): { loading: boolean; allowed: boolean; error?: Error } {
  const { entity, loading, error } = useAsyncEntity();
  const name = typeof permission === 'string' ? permission : permission.name;
  const ref = entity && stringifyEntityRef(entity);
  const offers = useOffers(ref ? [{ name, resource: { type: 'catalog-entity', ref } }] : []);
  return { loading: loading || (ref !== undefined && offers === undefined), allowed: offers?.has(name) ?? false, error };
}
