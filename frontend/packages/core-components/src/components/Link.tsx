import { ExternalLink } from 'lucide-react';
import type { ComponentProps } from 'react';
import { Link as RouterLink } from 'react-router-dom';
import { messages } from '../messages';
import styles from './components.module.css';
import { VisuallyHidden } from './Tag';

const DISGUISED_SCRIPT = /^[\u0000-\u001F ]*j[\r\n\t]*a[\r\n\t]*v[\r\n\t]*a[\r\n\t]*s[\r\n\t]*c[\r\n\t]*r[\r\n\t]*i[\r\n\t]*p[\r\n\t]*t[\r\n\t]*:/i;

/** Whether a link could run a script. */
export function isScriptUrl(url: string): boolean {
  return DISGUISED_SCRIPT.test(url);
}

/** A link to a page of the portal, or out of it in a new tab. */
export function Link({ to, children, ...rest }: { to: string } & Omit<ComponentProps<'a'>, 'href'>) {
  if (isScriptUrl(to)) {
    throw new Error('Link component rejected javascript: URL as a security precaution');
  }
  if (!/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(to)) {
    return (
      <RouterLink to={to} {...rest}>
        {children}
      </RouterLink>
    );
  }
  return (
    <a href={to} target="_blank" rel="noreferrer noopener" {...rest}>
      {children}
      <ExternalLink className={styles.external} size={12} aria-hidden />
      <VisuallyHidden>, {messages.opensInNewTab}</VisuallyHidden>
    </a>
  );
}
