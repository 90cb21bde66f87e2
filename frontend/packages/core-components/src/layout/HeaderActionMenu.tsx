import IconButton from '@mui/material/IconButton';
import { EllipsisVertical } from 'lucide-react';
import { lazy, Suspense, useState, type MouseEvent, type ReactElement, type ReactNode } from 'react';
import { useMessages } from '../translation';

// Menus are no small part of the app, and not needed to show a page.
const ActionMenuList = lazy(() => import('./ActionMenuList').then(m => ({ default: m.ActionMenuList })));

export interface HeaderActionMenuItem {
  label?: ReactNode;
  secondaryLabel?: ReactNode;
  icon?: ReactElement;
  disabled?: boolean;
  onClick?(event: MouseEvent<HTMLElement>): void;
}

/** What can be done on a page, behind three dots in its head. */
export function HeaderActionMenu({ actionItems }: { actionItems: readonly HeaderActionMenuItem[] }) {
  const text = useMessages();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [opened, setOpened] = useState(false);
  return (
    <>
      <IconButton
        aria-label={text.moreActions}
        title={text.moreActions}
        aria-haspopup="menu"
        aria-expanded={Boolean(anchor)}
        onClick={event => {
          setAnchor(event.currentTarget);
          setOpened(true);
        }}
      >
        <EllipsisVertical size={16} aria-hidden />
      </IconButton>
      {opened && (
        <Suspense>
          <ActionMenuList anchor={anchor} items={actionItems} onClose={() => setAnchor(undefined)} />
        </Suspense>
      )}
    </>
  );
}
