import type { JsonObject } from '@callboard/types';

/** A page, tab or card that is made of what it reads, and how it is without any of that. */
export interface ReadingPage {
  name: string;
  path: string;
  /** The requests it is made of, such as `GET /api/search/query`, with their bodies; nothing else is withheld or refused. */
  reads: RegExp;
  /** What it reads where there is nothing yet. */
  nothing: { status?: number; body: unknown };
  /** What it says then. */
  says: string | RegExp;
  /** Where on the page it is, by the name of its region, when there is more there. */
  region?: string;
  /** What the place is, where it is no region. */
  role?: 'complementary' | 'dialog' | 'group';
  /** What is pressed to get there, one after the other. */
  press?: readonly { role: 'button' | 'menuitem'; name: string | RegExp }[];
  config?: JsonObject;
  annotations?: Record<string, string>;
  relations?: { type: string; targetRef: string }[];
}

const STEP = {
  name: 'Checkout code',
  status: 'success',
  step: 0,
  index: 0,
  run_time_millis: 900,
  has_output: true,
  output_url: 'https://circleci.com/api/v1.1/project/gh/acme/ledger/8/output/0/0',
};

/** What the backend of tests does not know, beside the page that a test is about. */
export const beside: readonly { reads: RegExp; body: unknown }[] = [
  { reads: /auth\/v1\/(sessions|providers)|admin\/v1\/providers|lighthouse\/v2\/schedules/, body: { items: [] } },
  { reads: /catalog\/locations/, body: [] },
  { reads: /lighthouse\/v2\/websites\/.*\/trend/, body: { points: [] } },
  { reads: /circleci.*v1\.1\/project\/gh\/acme\/ledger\/8$/, body: { steps: [{ actions: [STEP] }] } },
];

const NO_ENTITIES = { items: [], totalItems: 0, pageInfo: {} };
const NO_ENTITY = { body: { items: [null] } };
/** The request for one entity, whole. */
const byRef = (ref: string) => new RegExp(`by-refs \\{"entityRefs":\\["${ref}"\\]\\}$`);
const NO_FACETS = Object.fromEntries(['kind', 'spec.type', 'relations.ownedBy', 'spec.lifecycle', 'metadata.tags', 'metadata.namespace'].map(name => [name, []]));
/** A guest who acts for no group. */
const NOBODY_ELSE = {
  profile: {},
  backstageIdentity: { token: `h.${btoa(JSON.stringify({ exp: 4_102_444_800 }))}.s`, identity: { type: 'user', userEntityRef: 'user:default/guest', ownershipEntityRefs: ['user:default/guest'] } },
};
const NONE = { items: [] };
const missing = (message: string) => ({ status: 404, body: { error: { name: 'NotFoundError', message } } });

const NO_PIPELINES = { items: [], next_page_token: null };
const EMPTY_RADAR = {
  quadrants: ['one', 'two', 'three', 'four'].map(id => ({ id, name: id })),
  rings: [{ id: 'use', name: 'Use' }],
  entries: [],
};
const RADAR_AT_ADDRESS = { app: { extensions: [{ 'page:tech-radar': { config: { url: '/api/proxy/radar.json' } } }] } };
const SHOP = 'https://shop.acme.example';

const SERVICE = '/catalog/default/component/ledger-service';
const GROUP = '/catalog/default/group/payments';
const GRAPH_CARD = { app: { extensions: [{ 'entity-card:catalog-graph/graph': true }] } };
const ONE_PLACE = { 'backstage.io/managed-by-location': 'url:https://acme.example/all.yaml', 'backstage.io/managed-by-origin-location': 'url:https://acme.example/all.yaml' };
const LIGHTHOUSE = { 'lighthouse.com/website-url': SHOP };
const CIRCLECI_ENDPOINT = { proxy: { endpoints: { '/circleci/api': {} } } };
const CIRCLECI = { 'circleci.com/project-slug': 'gh/acme/ledger' };

/** Every page that reads something, each with its tabs and cards that read on their own. */
export const readingPages: readonly ReadingPage[] = [
  { name: 'the catalog', path: '/catalog', reads: /by-query/, nothing: { body: NO_ENTITIES }, says: 'Nothing in the catalog yet' },
  { name: 'filters of the catalog', path: '/catalog', reads: /entity-facets/, nothing: { body: { facets: NO_FACETS } }, says: 'There is nothing to filter by', region: 'Filters', role: 'complementary' },
  { name: 'an entity', path: SERVICE, reads: byRef('component:default/ledger-service'), nothing: NO_ENTITY, says: 'component:default/ledger-service is not in the catalog' },
  { name: 'what depends on an entity', path: SERVICE, reads: /relations\.dependsOn/, nothing: { body: NO_ENTITIES }, says: /not in the catalog, or not yours to see/, region: 'Dependency of components' },
  { name: 'the owner of an entity', path: SERVICE, reads: /by-refs .*metadata\.links/, nothing: NO_ENTITY, says: 'Not in the catalog', region: 'Owner' },
  { name: 'the history of an entity', path: SERVICE, reads: /\/changes/, nothing: { body: { items: [], pageInfo: {} } }, says: /No changes since/, region: 'History' },
  { name: 'what a group owns', path: GROUP, reads: /entity-facets/, nothing: { body: { facets: NO_FACETS } }, says: 'Owns nothing yet', region: 'Ownership' },
  { name: 'members of a group', path: GROUP, reads: /memberOf/, nothing: { body: NO_ENTITIES }, says: 'Nobody is a member yet', region: 'Members' },
  { name: 'the hierarchy of a group', path: GROUP, relations: [{ type: 'childOf', targetRef: 'group:default/acme' }], reads: byRef('group:default/acme'), nothing: NO_ENTITY, says: /It stands alone/, region: 'Hierarchy' },
  { name: 'what stands beside an entity', path: `${SERVICE}?inspect=colocated`, annotations: ONE_PLACE, reads: /by-query.*managed-by/, nothing: { body: NO_ENTITIES }, says: 'Nothing else.', region: 'Inspect Ledger service', role: 'dialog' },
  { name: 'what goes with an entity', path: SERVICE, press: [{ role: 'button', name: 'More actions' }, { role: 'menuitem', name: 'Unregister' }], reads: /locations\/by-entity/, nothing: missing('No location'), says: /Nobody registered it/, region: 'Unregister Ledger service', role: 'dialog' },
  { name: 'the graph of an entity', path: SERVICE, config: GRAPH_CARD, reads: /by-refs .*"fields"/, nothing: NO_ENTITY, says: /not in the catalog/, region: 'Graph' },
  { name: 'the graph', path: '/catalog-graph?rootEntityRefs[]=component:default/ledger-service', reads: /by-refs/, nothing: NO_ENTITY, says: 'component:default/ledger-service is not in the catalog' },
  { name: 'all APIs', path: '/api-docs', reads: /by-query/, nothing: { body: NO_ENTITIES }, says: 'No API in the catalog yet' },
  { name: 'search', path: '/search?q=ledger', reads: /api\/search\/query/, nothing: { body: { results: [], numberOfResults: 0 } }, says: 'Nothing found for “ledger”' },
  { name: 'filters of the search', path: '/search?q=ledger', reads: /entity-facets/, nothing: { body: { facets: NO_FACETS } }, says: /nothing to filter by/, region: 'Filters', role: 'group' },
  { name: 'what a person owns', path: '/home', reads: /by-query/, nothing: { body: NO_ENTITIES }, says: 'You own no components yet', region: 'My components' },
  { name: 'who one is', path: '/settings', reads: /auth\/guest\/refresh/, nothing: { body: NOBODY_ELSE }, says: 'No groups', region: 'You' },
  { name: 'sessions', path: '/settings', reads: /auth\/v1\/sessions/, nothing: { body: NONE }, says: 'You have no sessions', region: 'Sessions' },
  { name: 'ways to sign in', path: '/settings', reads: /auth\/v1\/providers/, nothing: { body: NONE }, says: 'There is no way to sign in', region: 'Ways to sign in' },
  { name: 'unprocessed entities', path: '/unprocessed-entities', reads: /entities\/unprocessed/, nothing: { body: NO_ENTITIES }, says: 'Nothing has failed' },
  { name: 'audited websites', path: '/lighthouse', reads: /lighthouse\/v2\/websites/, nothing: { body: { items: [], total: 0 } }, says: 'No website has been audited yet' },
  { name: 'an audit', path: '/lighthouse/audit/one', reads: /audits\/one\/website/, nothing: missing('there is no audit'), says: 'There is no such audit' },
  { name: 'a comparison', path: '/lighthouse/compare?base=one&other=two', reads: /lighthouse\/v2/, nothing: { body: { url: SHOP, audits: [], auditCount: 0 } }, says: 'There is nothing to compare yet' },
  { name: 'trends', path: `/lighthouse/trends?url=${SHOP}`, reads: /\/trend/, nothing: { body: { points: [] } }, says: 'No completed audit yet' },
  { name: 'schedules', path: `/lighthouse/trends?url=${SHOP}`, reads: /schedules/, nothing: { body: NONE }, says: 'The website is audited on demand only.', region: 'Schedules' },
  { name: 'audits of an entity', path: `${SERVICE}/lighthouse`, annotations: LIGHTHOUSE, reads: /lighthouse\/v2/, nothing: { body: { items: [], total: 0 } }, says: 'No audit yet' },
  { name: 'the latest audit of an entity', path: SERVICE, annotations: LIGHTHOUSE, reads: /lighthouse\/v2/, nothing: { body: { items: [], total: 0 } }, says: /has not been audited/, region: 'Latest audit' },
  { name: 'projects on CircleCI', path: '/circleci', reads: /by-query/, nothing: { body: NO_ENTITIES }, says: 'No component names its CircleCI project yet' },
  { name: 'a project on CircleCI', path: '/circleci/gh/acme/ledger', reads: /proxy\/circleci/, nothing: { body: NO_PIPELINES }, says: 'No builds yet' },
  { name: 'steps of a job', path: '/circleci/gh/acme/ledger?job=7', reads: /circleci.*v1\.1\/project/, nothing: { body: { steps: [] } }, says: 'It has no steps yet', region: 'Steps' },
  { name: 'what a step printed', path: '/circleci/gh/acme/ledger?job=8', press: [{ role: 'button', name: /Checkout code/ }], reads: /circleci.*\/output\//, nothing: { body: [] }, says: 'The step printed nothing.', region: 'Steps' },
  { name: 'builds of an entity', path: `${SERVICE}/ci-cd`, annotations: CIRCLECI, reads: /proxy\/circleci/, nothing: { body: NO_PIPELINES }, says: 'No builds yet' },
  { name: 'the latest builds of an entity', path: SERVICE, annotations: CIRCLECI, config: CIRCLECI_ENDPOINT, reads: /proxy\/circleci/, nothing: { body: NO_PIPELINES }, says: 'No builds yet', region: 'Latest builds' },
  { name: 'a radar from elsewhere', path: '/tech-radar', reads: /radar\.json/, config: RADAR_AT_ADDRESS, nothing: { body: EMPTY_RADAR }, says: 'The radar is empty' },
  { name: 'health', path: '/admin/health', reads: /admin\/v1\/units/, nothing: { body: NONE }, says: 'No unit is known to the gateway' },
  { name: 'proxy endpoints', path: '/admin/proxy', reads: /proxy-admin\/v1\/endpoints/, nothing: { body: NONE }, says: 'There is no proxy endpoint yet' },
  { name: 'a proxy endpoint', path: '/admin/proxy/endpoint?id=orders', reads: /proxy-admin\/v1\/endpoints/, nothing: { body: NONE }, says: 'There is no such endpoint' },
  { name: 'registered locations', path: '/admin/catalog', reads: /catalog\/locations/, nothing: { body: [] }, says: 'No location is registered', region: 'Locations' },
  { name: 'providers', path: '/admin/catalog', reads: /admin\/v1\/providers/, nothing: { body: NONE }, says: 'The catalog has no provider', region: 'Providers' },
  { name: 'the audit log', path: '/admin/audit', reads: /audit\/v1\/events/, nothing: { body: NONE }, says: 'Nothing was changed' },
];
