import { useApp, type IconComponent, type IconOrName } from '@callboard/core-plugin-api';
import { createElement } from 'react';

/** An icon, or the app's icon of a name; one that nobody knows is shown as the app's icon of a plugin. */
export function AppIcon(props: {
  icon?: IconOrName;
  /** The name, as Backstage's property is called. */
  id?: string;
  /** Shown where nobody knows the icon. */
  Fallback?: IconComponent;
  size?: number;
  className?: string;
}) {
  const { id, icon = id, Fallback, size = 16, className } = props;
  const app = useApp();
  const found = (typeof icon === 'string' ? app.getSystemIcon(icon) : icon) ?? Fallback ?? app.getSystemIcon('plugin');
  return found && createElement(found, { size, className, 'aria-hidden': true });
}
