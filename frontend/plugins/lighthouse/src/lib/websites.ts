import type { Entity } from '@callboard/catalog-model';

/** Names the websites of an entity. */
export const LIGHTHOUSE_ANNOTATION = 'lighthouse.com/website-url';

/** Whether the plugin has something to say about an entity. */
export function isLighthouseAvailable(entity: Entity): boolean {
  return websitesOf(entity).length > 0;
}

export interface NamedWebsite {
  url: string;
  label: string;
}

/** The websites an entity names: one address or several, by commas or lines, each perhaps as `label=address`. */
export function websitesOf(entity: Entity): NamedWebsite[] {
  return (entity.metadata.annotations?.[LIGHTHOUSE_ANNOTATION] ?? '')
    .split(/[,\n]/)
    .map(part => part.trim())
    .flatMap(part => {
      const [, label, address] = /^([^=:/?]+)=(.+)$/.exec(part) ?? [undefined, undefined, part];
      const url = address?.trim() ?? '';
      return isWebsite(url) ? [{ url, label: label?.trim() ?? shortUrl(url) }] : [];
    });
}

/** Whether a text is the address of a website. */
export function isWebsite(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

/** An address as it is shown: without the scheme and a slash at the end. */
export function shortUrl(url: string): string {
  return url.replace(/^https?:\/\//, '').replace(/\/$/, '');
}
