import type { Entity } from './entity';

/** How a person or a group shows itself. */
interface Profile {
  displayName?: string;
  email?: string;
  picture?: string;
}

/** An entity of a kind, with what its spec holds. */
interface EntityOf<Kind extends string, Spec> extends Omit<Entity, 'spec'> {
  kind: Kind;
  spec: Spec & NonNullable<Entity['spec']>;
}

export type ApiEntity = EntityOf<
  'API',
  { type: string; lifecycle: string; owner: string; definition: string; system?: string }
>;

export type ComponentEntity = EntityOf<
  'Component',
  {
    type: string;
    lifecycle: string;
    owner: string;
    subcomponentOf?: string;
    providesApis?: string[];
    consumesApis?: string[];
    dependsOn?: string[];
    dependencyOf?: string[];
    system?: string;
  }
>;

export type DomainEntity = EntityOf<'Domain', { owner: string; subdomainOf?: string; type?: string }>;

export type GroupEntity = EntityOf<
  'Group',
  { type: string; profile?: Profile; parent?: string; children: string[]; members?: string[] }
>;

export type LocationEntity = EntityOf<
  'Location',
  { type?: string; target?: string; targets?: string[]; presence?: 'required' | 'optional' }
>;

export type ResourceEntity = EntityOf<
  'Resource',
  { type: string; owner: string; dependsOn?: string[]; dependencyOf?: string[]; system?: string }
>;

export type SystemEntity = EntityOf<'System', { owner: string; domain?: string; type?: string }>;

export type UserEntity = EntityOf<'User', { profile?: Profile; memberOf?: string[] }>;

// The names that plugins of Backstage know as well.
export type {
  ApiEntity as ApiEntityV1alpha1,
  ComponentEntity as ComponentEntityV1alpha1,
  DomainEntity as DomainEntityV1alpha1,
  GroupEntity as GroupEntityV1alpha1,
  LocationEntity as LocationEntityV1alpha1,
  ResourceEntity as ResourceEntityV1alpha1,
  SystemEntity as SystemEntityV1alpha1,
  UserEntity as UserEntityV1alpha1,
};

/** Each tells the kind, however it is written; the catalog has checked the spec. */
export const isApiEntity = guard<ApiEntity>('api');
export const isComponentEntity = guard<ComponentEntity>('component');
export const isDomainEntity = guard<DomainEntity>('domain');
export const isGroupEntity = guard<GroupEntity>('group');
export const isLocationEntity = guard<LocationEntity>('location');
export const isResourceEntity = guard<ResourceEntity>('resource');
export const isSystemEntity = guard<SystemEntity>('system');
export const isUserEntity = guard<UserEntity>('user');

function guard<T extends Entity>(kind: string): (entity: Entity) => entity is T {
  return (entity): entity is T => entity.kind.toLowerCase() === kind;
}
