export interface KindTitles {
  title: string;
  plural: string;
}

/** What kinds are called. They lie apart from how kinds look, since a page is called by them before the app is there. */
export const kindTitles = {
  component: { title: 'Component', plural: 'Components' },
  api: { title: 'API', plural: 'APIs' },
  resource: { title: 'Resource', plural: 'Resources' },
  system: { title: 'System', plural: 'Systems' },
  domain: { title: 'Domain', plural: 'Domains' },
  group: { title: 'Group', plural: 'Groups' },
  user: { title: 'User', plural: 'Users' },
  location: { title: 'Location', plural: 'Locations' },
  template: { title: 'Template', plural: 'Templates' },
} satisfies Record<string, KindTitles>;

/** What a kind is called; one the portal does not know keeps its own name. */
export function titlesOfKind(kind: string): KindTitles {
  return (kindTitles as Record<string, KindTitles>)[kind.toLowerCase()] ?? { title: kind, plural: kind };
}
