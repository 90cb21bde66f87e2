import { createApiRef } from '../ApiRef';

/** What a permission lets somebody do; policies tell permissions apart by it too. */
export interface PermissionAttributes {
  action?: 'create' | 'read' | 'update' | 'delete';
}

/** A permission that is had or not, whatever it is used on. */
export interface BasicPermission {
  type: 'basic';
  name: string;
  attributes: PermissionAttributes;
}

/** A permission on resources, such as `catalog-entity`, each of which has a reference. */
export interface ResourcePermission<ResourceType extends string = string> {
  type: 'resource';
  name: string;
  attributes: PermissionAttributes;
  resourceType: ResourceType;
}

export type Permission = BasicPermission | ResourcePermission;

/** Declares a permission; on resources where it has a `resourceType`. */
export function createPermission<ResourceType extends string>(options: {
  name: string;
  attributes: PermissionAttributes;
  resourceType: ResourceType;
}): ResourcePermission<ResourceType>;
export function createPermission(options: { name: string; attributes: PermissionAttributes }): BasicPermission;
export function createPermission(options: { name: string; attributes: PermissionAttributes; resourceType?: string }): Permission {
  const { resourceType, ...shared } = options;
  return resourceType === undefined ? { type: 'basic', ...shared } : { type: 'resource', resourceType, ...shared };
}

/** What a person is answered who asks for a permission. */
export const AuthorizeResult = { ALLOW: 'ALLOW', DENY: 'DENY' } as const;
export type AuthorizeResult = (typeof AuthorizeResult)[keyof typeof AuthorizeResult];

export interface EvaluatePermissionRequest {
  permission: Permission;
  /** The resource, where the permission is on such. */
  resourceRef?: string;
}

export interface EvaluatePermissionResponse {
  result: AuthorizeResult;
}

/** Asks whether the person has a permission. Everybody has all of them where the portal has no permissions. */
export interface PermissionApi {
  authorize(request: EvaluatePermissionRequest): Promise<EvaluatePermissionResponse>;
  /** The same answer, where it is known without asking; so what needs the permission is there from the start. */
  known?(request: EvaluatePermissionRequest): EvaluatePermissionResponse | undefined;
}

export const permissionApiRef = createApiRef<PermissionApi>({ id: 'plugin.permission.api' });
