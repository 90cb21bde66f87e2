import parts from '../parts/parts.module.css';
import { LocationsCard } from './LocationsCard';
import { ProvidersCard } from './ProvidersCard';

/** Where the catalog reads from: what finds entities by itself, and what people have registered. */
export function CatalogTab() {
  return (
    <div className={parts.stack}>
      <ProvidersCard />
      <LocationsCard />
    </div>
  );
}
