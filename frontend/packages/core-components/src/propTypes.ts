/** What components take, by the names that plugins written for Backstage import. */
import type { ComponentProps } from 'react';
import type { BottomLink, InfoCard } from './cards/InfoCard';
import type { AppIcon } from './components/AppIcon';
import type { FavoriteToggle } from './components/FavoriteToggle';
import type { ErrorPanel } from './errors/ErrorPanel';
import type { HeaderActionMenu } from './layout/HeaderActionMenu';
import type { HeaderTabs } from './layout/HeaderTabs';
import type { ItemCardGrid, ItemCardHeader } from './layout/ItemCardGrid';
import type { Sidebar, SidebarPage } from './sidebar/SidebarPage';
import type { SidebarSubmenu } from './sidebar/SidebarSubmenu';
import type { StructuredMetadataTable } from './table/StructuredMetadataTable';
import type { Avatar } from './text/Avatar';
import type { CodeSnippet } from './text/CodeSnippet';
import type { CopyTextButton } from './text/CopyTextButton';
import type { CreateButton, LinkButton } from './text/LinkButton';
import type { LogViewer } from './text/LogViewer';

export type AppIconProps = ComponentProps<typeof AppIcon>;
export type AvatarProps = ComponentProps<typeof Avatar>;
export type BottomLinkProps = ComponentProps<typeof BottomLink>;
export type ButtonProps = ComponentProps<typeof LinkButton>;
export type CodeSnippetProps = ComponentProps<typeof CodeSnippet>;
export type CopyTextButtonProps = ComponentProps<typeof CopyTextButton>;
export type CreateButtonProps = ComponentProps<typeof CreateButton>;
export type ErrorPanelProps = ComponentProps<typeof ErrorPanel>;
export type FavoriteToggleProps = ComponentProps<typeof FavoriteToggle>;
export type HeaderActionMenuProps = ComponentProps<typeof HeaderActionMenu>;
export type InfoCardVariants = NonNullable<ComponentProps<typeof InfoCard>['variant']>;
export type ItemCardGridProps = ComponentProps<typeof ItemCardGrid>;
export type ItemCardHeaderProps = ComponentProps<typeof ItemCardHeader>;
export type LinkButtonProps = ButtonProps;
export type LogViewerProps = ComponentProps<typeof LogViewer>;
export type SidebarPageProps = ComponentProps<typeof SidebarPage>;
export type SidebarProps = ComponentProps<typeof Sidebar>;
export type SidebarSubmenuProps = ComponentProps<typeof SidebarSubmenu>;
export type StructuredMetadataTableProps = ComponentProps<typeof StructuredMetadataTable>;
/** One of the tabs of `HeaderTabs`. */
export type Tab = ComponentProps<typeof HeaderTabs>['tabs'][number];
