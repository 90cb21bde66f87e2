import type { Entity } from '@callboard/catalog-model';

/** Names an entity's project at CircleCI. */
export const CIRCLECI_ANNOTATION = 'circleci.com/project-slug';

const SYSTEMS: Readonly<Record<string, string>> = {
  gh: 'gh',
  github: 'gh',
  bb: 'bb',
  bitbucket: 'bb',
  circleci: 'circleci',
};

/** Whether the plugin has something to say about an entity. */
export function isCircleCIAvailable(entity: Entity): boolean {
  return Boolean(entity.metadata.annotations?.[CIRCLECI_ANNOTATION]);
}

/** The slug of an entity's project, as CircleCI's API wants it. */
export function slugOf(entity: Entity): string | undefined {
  return parseProjectSlug(entity.metadata.annotations?.[CIRCLECI_ANNOTATION] ?? '');
}

/** A slug as the address of its project's page has it. */
export function projectParams(slug: string): { vcs: string; organization: string; repository: string } {
  const [vcs = '', organization = '', repository = ''] = slug.split('/');
  return { vcs, organization, repository };
}

/** The slug as CircleCI's API wants it; undefined when the text is none. */
export function parseProjectSlug(text: string): string | undefined {
  const [system = '', organization, repository, ...rest] = text.trim().split('/');
  const known = SYSTEMS[system.toLowerCase()];
  const valid = [organization, repository].every(part => part && /^[\w.-]+$/.test(part) && !/^\.+$/.test(part));
  return known && valid && rest.length === 0 ? `${known}/${organization}/${repository}` : undefined;
}
