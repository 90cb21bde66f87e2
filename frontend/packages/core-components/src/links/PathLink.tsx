import { use, type ComponentProps, type MouseEvent } from 'react';
import { parsePath, UNSAFE_NavigationContext as NavigationContext } from 'react-router-dom';

/**
 * A link to a path of the portal that begins at its root. The router's own also leads to relative ones, for which it is drawn
 * anew whenever the address changes: in a table of hundreds of links that takes longer than its rows.
 */
export function PathLink({ to, onClick, target, children, ...rest }: Omit<ComponentProps<'a'>, 'href'> & { to: string }) {
  const { basename, navigator } = use(NavigationContext);
  const path = parsePath(basename === '/' ? to : `${basename}${to}`);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    if (event.defaultPrevented || !isForThisTab(event, target)) {
      return;
    }
    event.preventDefault();
    // As browsers do: a link to where one is adds no step to go back over.
    if (event.currentTarget.href === window.location.href) {
      navigator.replace(path);
    } else {
      navigator.push(path);
    }
  };
  return (
    <a {...rest} href={navigator.createHref(path)} target={target} onClick={follow}>
      {children}
    </a>
  );
}

/** Whether a click is no wish for another tab, a window or a file. */
function isForThisTab({ button, metaKey, altKey, ctrlKey, shiftKey }: MouseEvent, target: string | undefined): boolean {
  return button === 0 && (!target || target === '_self') && !metaKey && !altKey && !ctrlKey && !shiftKey;
}
