import {
  Box,
  Boxes,
  Cable,
  CircleDashed,
  Database,
  Globe,
  MapPin,
  User,
  Users,
  WandSparkles,
  type LucideIcon,
} from 'lucide-react';

/** How a kind is shown, wherever it is. */
export interface KindInfo {
  icon: LucideIcon;
  /** The name of its colour among the theme's tokens. */
  hue: string;
  title: string;
  plural: string;
}

const kinds: Readonly<Record<string, KindInfo>> = {
  component: { icon: Box, hue: 'component', title: 'Component', plural: 'Components' },
  api: { icon: Cable, hue: 'api', title: 'API', plural: 'APIs' },
  resource: { icon: Database, hue: 'resource', title: 'Resource', plural: 'Resources' },
  system: { icon: Boxes, hue: 'system', title: 'System', plural: 'Systems' },
  domain: { icon: Globe, hue: 'domain', title: 'Domain', plural: 'Domains' },
  group: { icon: Users, hue: 'group', title: 'Group', plural: 'Groups' },
  user: { icon: User, hue: 'user', title: 'User', plural: 'Users' },
  location: { icon: MapPin, hue: 'location', title: 'Location', plural: 'Locations' },
  template: { icon: WandSparkles, hue: 'template', title: 'Template', plural: 'Templates' },
};

/** How people write the types that are not written as they are said. */
const TYPE_TITLES: Readonly<Record<string, string>> = {
  openapi: 'OpenAPI',
  asyncapi: 'AsyncAPI',
  graphql: 'GraphQL',
  grpc: 'gRPC',
  trpc: 'tRPC',
  'mcp-server': 'MCP server',
};

/** A type of an entity as people know it. */
export function typeTitle(type: string): string {
  return TYPE_TITLES[type.toLowerCase()] ?? type;
}

/** The kinds that come first wherever kinds are listed. */
export const KIND_ORDER = Object.keys(kinds);

/** How a kind is shown; one the portal does not know keeps its own name. */
export function kindInfo(kind: string): KindInfo {
  return kinds[kind.toLowerCase()] ?? { icon: CircleDashed, hue: 'other', title: kind, plural: kind };
}
