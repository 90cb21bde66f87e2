export { SidebarGroup, type SidebarGroupProps } from './SidebarGroup';
export { SidebarItem, type SidebarItemProps } from './SidebarItem';
export { Sidebar, SidebarPage, useContent } from './SidebarPage';
export * from './SidebarParts';
export { SidebarSubmenu, SidebarSubmenuItem, type SidebarSubmenuItemProps } from './SidebarSubmenu';
export { sidebarConfig, useSidebarOpenState, useSidebarPinState } from './state';
