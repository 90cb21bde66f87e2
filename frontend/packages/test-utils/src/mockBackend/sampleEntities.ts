import { stringifyEntityRef, type Entity, type EntityRelation } from '@callboard/catalog-model';

const TEAMS: [name: string, title: string][] = [
  ['payments', 'Payments'],
  ['checkout', 'Checkout'],
  ['search-ranking', 'Search and ranking'],
  ['platform', 'Platform engineering'],
  ['data-foundations', 'Data foundations'],
];
const PEOPLE = ['Ada Okafor', 'Björn Lindqvist', 'Chen Wei', 'Dalia Haddad', 'Emil Novák', 'Farah Siddiqui'];
const SYSTEMS: [name: string, title: string, owner: string][] = [
  ['payment-processing', 'Payment processing', 'payments'],
  ['storefront', 'Storefront', 'checkout'],
  ['product-search', 'Product search', 'search-ranking'],
  ['developer-platform', 'Developer platform', 'platform'],
];
const NOUNS = ['ledger', 'refunds', 'invoices', 'cart', 'catalogue', 'pricing', 'ranking', 'suggest', 'sessions', 'audit-log'];
const SUFFIXES: [suffix: string, type: string][] = [
  ['service', 'service'],
  ['web', 'website'],
  ['worker', 'service'],
  ['client', 'library'],
];
const TAGS = ['rust', 'typescript', 'java', 'tier-1', 'pci', 'internal'];

/** A made-up company: teams, people, systems, components, APIs and resources, with their relations. */
export function sampleEntities(): Entity[] {
  const domain = entity('Domain', 'commerce', { owner: 'group:default/platform' }, { title: 'Commerce' });
  const groups = TEAMS.map(([name, title]) =>
    entity('Group', name, { type: 'team', profile: { displayName: title, email: `${name}@acme.example` }, children: [] }),
  );
  const users = PEOPLE.map((displayName, index) =>
    entity('User', displayName.toLowerCase().normalize('NFD').replace(/[^a-z ]/g, '').replace(' ', '.'), {
      profile: { displayName },
      memberOf: [at(TEAMS, index)[0]],
    }),
  );
  const systems = SYSTEMS.map(([name, title, owner]) => entity('System', name, { owner, domain: 'commerce' }, { title }));
  const apis = ['ledger', 'cart', 'search'].map((name, index) =>
    entity('API', `${name}-api`, {
      type: index === 1 ? 'grpc' : 'openapi',
      lifecycle: 'production',
      owner: at(TEAMS, index)[0],
      system: at(SYSTEMS, index)[0],
      definition: 'openapi: 3.1.0\ninfo:\n  title: Sample\n  version: 1.0.0\npaths: {}\n',
    }),
  );
  const resources = ['ledger-db', 'search-index'].map((name, index) =>
    entity('Resource', name, {
      type: index === 0 ? 'postgres' : 'search-index',
      owner: at(TEAMS, index * 2)[0],
      system: at(SYSTEMS, index * 2)[0],
    }),
  );
  return withRelations([domain, ...groups, ...users, ...systems, ...apis, ...resources, ...components()]);
}

function components(): Entity[] {
  return NOUNS.flatMap((noun, row) =>
    SUFFIXES.map(([suffix, type], column) => {
      const index = row * SUFFIXES.length + column;
      const name = `${noun}-${suffix}`;
      return entity(
        'Component',
        name,
        {
          type,
          lifecycle: at(['production', 'production', 'experimental', 'deprecated'], index + row),
          owner: at(TEAMS, row)[0],
          ...(index % 7 !== 6 && { system: at(SYSTEMS, row)[0] }),
          ...(noun === 'ledger' && column === 0 && { providesApis: ['ledger-api'], dependsOn: ['resource:ledger-db'] }),
          ...(noun === 'refunds' && { consumesApis: ['ledger-api'], dependsOn: ['component:ledger-service', 'resource:gone'] }),
        },
        {
          ...(column === 0 && { title: `${noun.replace('-', ' ').replace(/^./, first => first.toUpperCase())} service` }),
          description: `Keeps the ${noun.replace('-', ' ')} of the shop, and answers questions about them within a few milliseconds.`,
          tags: [at(TAGS, index), ...(index % 3 === 0 ? [at(TAGS, index + 2), at(TAGS, index + 3)] : [])],
          links: [{ url: `https://grafana.acme.example/d/${name}`, title: 'Dashboard', icon: 'dashboard' }],
        },
      );
    }),
  );
}

function entity(
  kind: string,
  name: string,
  spec: NonNullable<Entity['spec']>,
  metadata: Partial<Entity['metadata']> = {},
): Entity {
  const url = `https://github.com/acme/${name}/blob/main/catalog-info.yaml`;
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: {
      namespace: 'default',
      name,
      uid: `00000000-0000-4000-8000-${hash(`${kind}${name}`).padStart(12, '0')}`,
      etag: hash(name).padStart(40, '0'),
      annotations: {
        'backstage.io/managed-by-location': `url:${url}`,
        'backstage.io/managed-by-origin-location': 'url:https://github.com/acme/catalog/blob/main/all.yaml',
        'backstage.io/view-url': url,
        'backstage.io/edit-url': url.replace('/blob/', '/edit/'),
        'backstage.io/source-location': `url:https://github.com/acme/${name}/`,
      },
      ...metadata,
    },
    spec,
  };
}

const EDGES: [field: string, kind: string, type: string, inverse: string][] = [
  ['owner', 'group', 'ownedBy', 'ownerOf'],
  ['system', 'system', 'partOf', 'hasPart'],
  ['domain', 'domain', 'partOf', 'hasPart'],
  ['memberOf', 'group', 'memberOf', 'hasMember'],
  ['providesApis', 'api', 'providesApi', 'apiProvidedBy'],
  ['consumesApis', 'api', 'consumesApi', 'apiConsumedBy'],
  ['dependsOn', 'component', 'dependsOn', 'dependencyOf'],
];

function withRelations(entities: Entity[]): Entity[] {
  const edges = new Map<string, EntityRelation[]>();
  const add = (source: string, relation: EntityRelation) => edges.set(source, [...(edges.get(source) ?? []), relation]);
  for (const one of entities) {
    const source = stringifyEntityRef(one);
    for (const [field, kind, type, inverse] of EDGES) {
      for (const value of [one.spec?.[field] ?? []].flat() as string[]) {
        const [prefix = kind, rest = value] = value.includes(':') ? value.split(':') : [kind, value];
        const target = `${prefix}:${rest.includes('/') ? rest : `default/${rest}`}`;
        add(source, { type, targetRef: target });
        add(target, { type: inverse, targetRef: source });
      }
    }
  }
  const order = (a: EntityRelation, b: EntityRelation) =>
    a.type.localeCompare(b.type) || a.targetRef.localeCompare(b.targetRef);
  return entities.map(one => ({ ...one, relations: (edges.get(stringifyEntityRef(one)) ?? []).sort(order) }));
}

function at<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

function hash(text: string): string {
  let value = 7;
  for (const character of text) {
    value = (value * 31 + character.charCodeAt(0)) % 0xffffffff;
  }
  return value.toString(16);
}
