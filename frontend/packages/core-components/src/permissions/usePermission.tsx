import { AuthorizeResult, permissionApiRef, useApi, useApp, type BasicPermission, type ResourcePermission } from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';

/** An answer may change while a person looks on, such as when the owner of a resource does. */
const FRESH_MS = 30_000;

/** A permission, on a resource where it is about such. */
export type PermissionQuestion =
  | { permission: BasicPermission; resourceRef?: never }
  | { permission: ResourcePermission; resourceRef: string | undefined };

export interface AsyncPermissionResult {
  loading: boolean;
  allowed: boolean;
  error?: Error;
}

/** Whether the person has a permission. Nobody has one on a resource as long as it is not known on which. */
export function usePermission({ permission, resourceRef }: PermissionQuestion): AsyncPermissionResult {
  const permissionApi = useApi(permissionApiRef);
  const isAsked = permission.type === 'basic' || resourceRef !== undefined;
  const request = { permission, ...(resourceRef !== undefined && { resourceRef }) };
  const { data, error, isLoading } = useQuery({
    queryKey: ['permission', permission, resourceRef],
    enabled: isAsked,
    staleTime: FRESH_MS,
    initialData: () => (isAsked ? permissionApi.known?.(request) : undefined),
    queryFn: () => permissionApi.authorize(request),
  });
  const allowed = isAsked && data?.result === AuthorizeResult.ALLOW;
  return error ? { loading: false, allowed: false, error } : { loading: isLoading, allowed };
}

/** Shows its children to those who have a permission, and to others a page, the one of what does not exist by itself. */
export function RequirePermission({ errorPage, children, ...question }: PermissionQuestion & { errorPage?: ReactNode; children?: ReactNode }) {
  const { NotFoundErrorPage } = useApp().getComponents();
  const { loading, allowed } = usePermission(question as PermissionQuestion);
  if (loading) {
    return undefined;
  }
  return allowed ? children : (errorPage ?? <NotFoundErrorPage />);
}
