import { EntityProvider } from '@callboard/plugin-catalog-react';
import type { ComponentProps, ReactNode } from 'react';

/** Shows what stands inside of it as on the page of an entity. */
export function EntityGridItem(props: { entity: ComponentProps<typeof EntityProvider>['entity']; children?: ReactNode }) {
  return <EntityProvider entity={props.entity}>{props.children}</EntityProvider>;
}
