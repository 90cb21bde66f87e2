import { defineInstallation, defineNavItem } from '@callboard/core-plugin-api';
import { defineEntityCard } from '@callboard/plugin-catalog-react';
import { myGroupsConfig } from './myGroupsConfig';
import { orgTranslationRef } from './translation';
import { EntityHierarchyCard, EntityMembersListCard, EntityOwnerCard, EntityOwnershipCard, EntityProfileCard, MyGroupsSidebarItem, orgPlugin } from './plugin';

const people = 'kind:group,user';
const groups = 'kind:group';
const owned = 'kind:component,api,resource,system,domain,template';

/** The way to one's own groups, the cards on the pages of groups and people, and one that says whom to ask on those of what they own. */
export const installation = defineInstallation({
  plugin: orgPlugin,
  translation: orgTranslationRef,
  title: orgTranslationRef.messages.plugin,
  description: orgTranslationRef.messages.description,
  icon: 'group',
  extensions: [
    defineNavItem({
      name: 'my-groups',
      title: orgTranslationRef.messages.mine.title,
      icon: 'group',
      order: 27,
      config: myGroupsConfig,
      element: <MyGroupsSidebarItem />,
    }),
    defineEntityCard({ name: 'profile', type: 'info', order: 5, filter: people, element: <EntityProfileCard /> }),
    defineEntityCard({ name: 'owner', type: 'info', order: 8, filter: owned, element: <EntityOwnerCard /> }),
    defineEntityCard({ name: 'ownership', order: 12, filter: people, element: <EntityOwnershipCard /> }),
    defineEntityCard({ name: 'members', order: 14, filter: groups, element: <EntityMembersListCard /> }),
    defineEntityCard({ name: 'hierarchy', order: 16, filter: groups, element: <EntityHierarchyCard /> }),
  ],
});
