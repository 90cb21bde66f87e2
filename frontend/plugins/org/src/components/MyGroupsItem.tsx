import { stringifyEntityRef } from '@callboard/catalog-model';
import { SidebarItem, SidebarSubmenu, SidebarSubmenuItem, useFormats, useStoredState } from '@callboard/core-components';
import { identityApiRef, useApi, useExtensionConfig, useRouteResolver } from '@callboard/core-plugin-api';
import { catalogApiRef, entityRouteParams, entityRouteRef, entityTitle, PRESENTATION_FIELDS } from '@callboard/plugin-catalog-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { MyGroupsConfig } from '../myGroupsConfig';
import { useMessages } from '../translation';

/** Nobody looks through more. */
const MAX = 100;

/** The way to the groups that the person is a member of: a link to one, a menu of several, nothing without any. */
export function MyGroupsItem() {
  const text = useMessages().mine;
  const { singular = text.one, types } = useExtensionConfig<MyGroupsConfig>() ?? {};
  const { compare } = useFormats();
  const identityApi = useApi(identityApiRef);
  const catalogApi = useApi(catalogApiRef);
  const entityPath = useRouteResolver().resolve(entityRouteRef, '/');
  const [usual, setUsual] = useStoredState<number>('org', 'numberOfMyGroups', 1);
  const { data: groups, isPending } = useQuery({
    queryKey: ['catalog', 'my-groups', types],
    queryFn: async ({ signal }) => {
      const { userEntityRef } = await identityApi.getBackstageIdentity();
      const { items } = await catalogApi.queryEntities(
        {
          filter: { kind: 'group', 'relations.hasMember': userEntityRef, ...(types && { 'spec.type': types }) },
          fields: PRESENTATION_FIELDS,
          limit: MAX,
          totalItems: 'exclude',
        },
        { signal },
      );
      return items;
    },
  });
  const number = groups && Math.min(groups.length, 2);
  useEffect(() => {
    if (number !== undefined && number !== usual) {
      setUsual(number);
    }
  }, [number, usual, setUsual]);

  // What follows in the sidebar stays where it is, unless one has joined or left since the last time.
  if (isPending) {
    return usual > 0 && <SidebarItem text={usual === 1 ? singular : undefined} />;
  }
  const items = (groups ?? [])
    .flatMap(group => {
      const to = entityPath?.(entityRouteParams(stringifyEntityRef(group)));
      return to ? { title: entityTitle(group), icon: 'group', to } : [];
    })
    .sort((one, other) => compare(one.title, other.title));
  const [first, ...others] = items;
  if (others.length === 0) {
    return first && <SidebarItem text={singular} to={first.to} />;
  }
  return (
    <SidebarItem>
      <SidebarSubmenu>
        {items.map(item => (
          <SidebarSubmenuItem key={item.to} {...item} />
        ))}
      </SidebarSubmenu>
    </SidebarItem>
  );
}
