import { useRouteRef } from '@callboard/core-plugin-api';
import { useNavigate } from 'react-router-dom';
import { rootRouteRef } from '../routes';

/** Leads back to the catalog, as from the page of what is gone. */
export function useToCatalog(): () => void | Promise<void> {
  const navigate = useNavigate();
  const catalogPath = useRouteRef(rootRouteRef)();
  return () => navigate(catalogPath);
}
