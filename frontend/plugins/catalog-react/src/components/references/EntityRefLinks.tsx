import { Fragment } from 'react';
import { isEntity, refOf, type EntityOrRef } from '../../entities/entityOrRef';
import { useEntitiesByRefs } from '../../hooks/useEntitiesByRefs';
import { EntityRefLink, type EntityRefLinkProps } from './EntityRefLink';

export interface EntityRefLinksProps<R extends EntityOrRef> extends Omit<EntityRefLinkProps, 'entityRef' | 'title' | 'hideIcon'> {
  entityRefs: readonly R[];
  hideIcons?: boolean;
  /** Whether what references lead to is looked up for its titles, which is usual. */
  fetchEntities?: boolean;
  /** What it is called, where that is known better. */
  getTitle?(entityRef: R): string | undefined;
}

/** Links to the pages of several entities, side by side. */
export function EntityRefLinks<R extends EntityOrRef>(props: EntityRefLinksProps<R>) {
  const { entityRefs, hideIcons, fetchEntities = true, getTitle, ...linkProps } = props;
  const unknown = entityRefs.filter(one => !isEntity(one)).map(refOf);
  const found = useEntitiesByRefs(fetchEntities ? unknown : []);
  return entityRefs.map((one, index) => {
    const ref = refOf(one);
    return (
      <Fragment key={`${ref} ${index}`}>
        {index > 0 && ', '}
        <EntityRefLink {...linkProps} entityRef={one} title={getTitle?.(one) ?? found.title(ref)} hideIcon={hideIcons} />
      </Fragment>
    );
  });
}
