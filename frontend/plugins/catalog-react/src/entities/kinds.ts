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
import { kindTitles, titlesOfKind, type KindTitles } from './kindTitles';

/** How a kind is shown, wherever it is. */
export interface KindInfo extends KindTitles {
  icon: LucideIcon;
  /** The name of its colour among the theme's tokens. */
  hue: string;
}

const kinds: Readonly<Record<string, KindInfo>> = {
  component: { icon: Box, hue: 'component', ...kindTitles.component },
  api: { icon: Cable, hue: 'api', ...kindTitles.api },
  resource: { icon: Database, hue: 'resource', ...kindTitles.resource },
  system: { icon: Boxes, hue: 'system', ...kindTitles.system },
  domain: { icon: Globe, hue: 'domain', ...kindTitles.domain },
  group: { icon: Users, hue: 'group', ...kindTitles.group },
  user: { icon: User, hue: 'user', ...kindTitles.user },
  location: { icon: MapPin, hue: 'location', ...kindTitles.location },
  template: { icon: WandSparkles, hue: 'template', ...kindTitles.template },
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
  return kinds[kind.toLowerCase()] ?? { icon: CircleDashed, hue: 'other', ...titlesOfKind(kind) };
}
