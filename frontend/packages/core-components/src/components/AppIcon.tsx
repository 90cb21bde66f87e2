import { useApp, type IconOrName } from '@callboard/core-plugin-api';
import { createElement } from 'react';

/** An icon, or the app's icon of a name; one that nobody knows is shown as the app's icon of a plugin. */
export function AppIcon({ icon, size = 16, className }: { icon?: IconOrName; size?: number; className?: string }) {
  const app = useApp();
  const found = (typeof icon === 'string' ? app.getSystemIcon(icon) : icon) ?? app.getSystemIcon('plugin');
  return found && createElement(found, { size, className, 'aria-hidden': true });
}
