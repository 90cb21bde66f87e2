import { ExternalLink } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { useMessages } from '../translation';
import styles from '../components/components.module.css';
import { PathLink } from './PathLink';
import { VisuallyHidden } from '../components/Tag';
import { useClickEvent, type ClickEventOptions } from './useClickEvent';

/** Whether a link could run a script. Browsers skip blanks and control characters when they read the scheme. */
export function isScriptUrl(url: string): boolean {
  const visible = [...url].filter(character => character > ' ').join('');
  return visible.toLowerCase().startsWith('javascript:');
}

/** Whether an address leads out of the portal. */
export function isExternalUrl(url: string): boolean {
  return /^([a-z][a-z0-9+.-]*:|\/\/)/i.test(url);
}

export interface LinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'>, ClickEventOptions {
  /** A path of the portal, or an address elsewhere. */
  to: string;
  /** False leaves out the sign that a link leads out of the portal; those who listen are told in any case. */
  externalLinkIcon?: boolean;
}

/** A link to a page of the portal, or out of it in a new tab. */
export function Link({ to, children, noTrack, rank, onClick, externalLinkIcon = true, ...rest }: LinkProps) {
  const messages = useMessages();
  const click = useClickEvent(to, { onClick, noTrack, rank });
  if (isScriptUrl(to)) {
    throw new Error('Link component rejected javascript: URL as a security precaution');
  }
  if (!isExternalUrl(to)) {
    const Internal = to.startsWith('/') ? PathLink : RouterLink;
    return (
      <Internal to={to} onClick={click} {...rest}>
        {children}
      </Internal>
    );
  }
  // A mail or a call is no page to open in a tab.
  if (!/^(https?:)?\/\//i.test(to)) {
    return (
      <a href={to} onClick={click} {...rest}>
        {children}
      </a>
    );
  }
  return (
    <a href={to} target="_blank" rel="noreferrer noopener" onClick={click} {...rest}>
      {children}
      {externalLinkIcon && <ExternalLink className={styles.external} size={12} aria-hidden />}
      <VisuallyHidden>, {messages.opensInNewTab}</VisuallyHidden>
    </a>
  );
}
