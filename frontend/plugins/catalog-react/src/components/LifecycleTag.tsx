import { Tag } from '@callboard/core-components';

const tones: Readonly<Record<string, 'success' | 'info' | 'warning'>> = {
  production: 'success',
  experimental: 'info',
  deprecated: 'warning',
};

/** How far along something is. The well-known stages have a colour. */
export function LifecycleTag({ lifecycle }: { lifecycle: string | undefined }) {
  return lifecycle ? <Tag tone={tones[lifecycle.toLowerCase()]}>{lifecycle}</Tag> : undefined;
}
