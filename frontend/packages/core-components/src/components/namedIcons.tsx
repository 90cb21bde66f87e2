import type { ComponentProps } from 'react';
import { AppIcon } from './AppIcon';

/** The app's icon of a name, as a component. */
const named = (name: string) => (props: Omit<ComponentProps<typeof AppIcon>, 'icon' | 'id'>) => <AppIcon {...props} icon={name} />;

export const BrokenImageIcon = named('brokenImage');
export const CatalogIcon = named('catalog');
export const ChatIcon = named('chat');
export const DashboardIcon = named('dashboard');
export const DocsIcon = named('docs');
export const EmailIcon = named('email');
export const GitHubIcon = named('github');
export const GroupIcon = named('group');
export const HelpIcon = named('help');
export const StarIcon = named('star');
export const UnstarredIcon = named('unstarred');
export const UserIcon = named('user');
export const WarningIcon = named('warning');
