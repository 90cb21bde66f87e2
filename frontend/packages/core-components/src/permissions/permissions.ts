import {
  AuthorizeResult,
  permissionApiRef,
  useApi,
  type EvaluatePermissionRequest,
  type EvaluatePermissionResponse,
  type PermissionApi,
  type PermissionAttributes,
} from '@callboard/core-plugin-api';
import { useQuery } from '@tanstack/react-query';

const NONE: ReadonlySet<string> = new Set();

/** An answer about one resource may change while a person looks on, such as when its owner does. */
const FRESH_MS = 30_000;

/** A permission that is asked for, on a resource where it is about such. */
export interface WantedPermission {
  name: string;
  /** Such as an entity: `catalog-entity` and its reference. */
  resource?: { type: string; ref: string } | undefined;
}

/** Which of some permissions the person has. None until that is known, and none where it cannot be asked. */
export function useAllowed(permissions: readonly string[]): ReadonlySet<string> {
  return useAnswer([...new Set(permissions)].map(name => ({ name })))?.allowed ?? NONE;
}

/**
 * Which of what needs permissions to offer, by their names; undefined until that is known. All are offered where they cannot be asked:
 * what is offered must say no by its own means.
 */
export function useOffers(wanted: readonly WantedPermission[]): ReadonlySet<string> | undefined {
  const answer = useAnswer(wanted);
  return answer && (answer.allowed ?? new Set(wanted.map(({ name }) => name)));
}

/** The same of one permission, such as `catalog.entity.create`. */
export function useIsOffered(permission: string): boolean | undefined {
  return useOffers([{ name: permission }])?.has(permission);
}

/** What the portal answered; without `allowed` where it does not say. */
interface Answer {
  allowed?: ReadonlySet<string>;
}

function useAnswer(wanted: readonly WantedPermission[]): Answer | undefined {
  const permissionApi = useApi(permissionApiRef);
  const sorted = [...wanted].sort((a, b) => Number(a.name > b.name) - Number(a.name < b.name));
  const { data } = useQuery({
    queryKey: ['permissions', sorted],
    enabled: sorted.length > 0,
    staleTime: sorted.some(({ resource }) => resource) ? FRESH_MS : Infinity,
    initialData: () => knownAnswer(permissionApi, sorted),
    queryFn: () => ask(permissionApi, sorted),
  });
  return data;
}

/** What is known of all without asking; otherwise they are asked for together. */
function knownAnswer(permissionApi: PermissionApi, wanted: readonly WantedPermission[]): Answer | undefined {
  const answers = wanted.map(one => permissionApi.known?.(requestFor(one)));
  return answers.includes(undefined) ? undefined : answerOf(wanted, answers);
}

function answerOf(wanted: readonly WantedPermission[], answers: readonly (EvaluatePermissionResponse | undefined)[]): Answer {
  return { allowed: new Set(wanted.filter((_, index) => answers[index]?.result === AuthorizeResult.ALLOW).map(({ name }) => name)) };
}

/** What a permission allows to do, as its name says; policies tell permissions apart by it too. */
function attributesOf(name: string): PermissionAttributes {
  const verb = name.split('.').at(-1) ?? '';
  const action = verb === 'refresh' ? 'update' : verb;
  return isAction(action) ? { action } : {};
}

function isAction(verb: string): verb is NonNullable<PermissionAttributes['action']> {
  return ['create', 'read', 'update', 'delete'].includes(verb);
}

function requestFor({ name, resource }: WantedPermission): EvaluatePermissionRequest {
  const attributes = attributesOf(name);
  return resource
    ? { permission: { type: 'resource', name, attributes, resourceType: resource.type }, resourceRef: resource.ref }
    : { permission: { type: 'basic', name, attributes } };
}

async function ask(permissionApi: PermissionApi, wanted: readonly WantedPermission[]): Promise<Answer> {
  try {
    return answerOf(wanted, await Promise.all(wanted.map(one => permissionApi.authorize(requestFor(one)))));
  } catch (error) {
    if (typeof (error as { status?: unknown }).status === 'number') {
      return {};
    }
    throw error;
  }
}
