import type {
  ApiHolder,
  ApiRef,
  BackstageIdentityApi,
  IdentityApi,
  ProfileInfoApi,
  SessionApi,
  SignInApi,
  SignInEntry,
  SignInProvider,
} from '@callboard/core-plugin-api';
import { UserIdentity } from './UserIdentity';

/** A way to sign in that an app describes itself. */
export interface SignInProviderConfig {
  id: string;
  title: string;
  /** What stands below the button. */
  message?: string;
  apiRef: ApiRef<ProfileInfoApi & BackstageIdentityApi & SessionApi>;
}

/** One that an app describes, a guest, or whoever a person says they are. */
export type NamedProvider = 'guest' | 'custom' | SignInProviderConfig;

interface Apis {
  signInApi: SignInApi;
  apis: ApiHolder;
}

/** Lets those in who need not be asked, of the ways to sign in that an app names. */
export async function enterQuietly({ named, auto, signInApi, apis }: Apis & { named: readonly NamedProvider[]; auto?: boolean }): Promise<SignInEntry> {
  const only = auto && named.length === 1 ? named[0] : undefined;
  if (typeof only === 'object') {
    const authApi = apis.get(only.apiRef);
    const session = await authApi?.getBackstageIdentity({ optional: true });
    if (authApi && session) {
      return { identity: UserIdentity.create({ identity: session.identity, authApi }) };
    }
  }
  return signInApi.enterQuietly(named.map(describe));
}

/** Signs a person in by the API of the provider they chose. */
export async function signIn(config: SignInProviderConfig, { signInApi, apis }: Apis): Promise<IdentityApi> {
  const authApi = apis.get(config.apiRef);
  if (!authApi) {
    throw new Error(`No implementation available for apiRef{${config.apiRef.id}}`);
  }
  await authApi.signIn();
  const session = await authApi.getBackstageIdentity({ optional: true });
  if (!session) {
    throw new Error(`${config.title} signs nobody in to this portal`);
  }
  signInApi.remember(config.id);
  return UserIdentity.create({ identity: session.identity, authApi, profile: await authApi.getProfile({ optional: true }) });
}

function describe(named: NamedProvider): SignInProvider {
  if (typeof named === 'object') {
    return { id: named.id, title: named.title, kind: 'oauth' };
  }
  return named === 'guest' ? { id: 'guest', title: 'Guest', kind: 'guest' } : { id: 'custom', title: 'Custom', kind: 'custom' };
}
